import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { baselineCommand } from './baseline-command.ts';
import { compareCommand } from './compare-command.ts';
import { findComparedRun, type Places } from './find-compared-run.ts';
import { writePlantedRun } from './testing/planted-run.ts';

const root = temporaryFolder();

function places(): Places {
  const folder = mkdtempSync(join(root, 'places-'));
  return { runs: join(folder, 'runs'), baselines: join(folder, 'baselines') };
}

test('a baseline is saved from the latest run, listed, compared with and dropped', () => {
  const at = places();
  writePlantedRun(at.runs, { seed: 11 });
  expect(baselineCommand(['list'], at).output[0]).toContain('no baseline in');
  expect(baselineCommand(['save', 'main'], at)).toMatchObject({ exitCode: 0, errors: [] });
  expect(baselineCommand(['list'], at).output).toEqual([
    'main  kafka-on-off · commit b8194fe2c1 with changes · 2025-11-21 11:00 UTC · 6 cells · PASS',
  ]);
  const startedAt = new Date('2025-11-22T11:00:00Z');
  writePlantedRun(at.runs, { seed: 23, orderMs: 48, startedAt });
  expect(compareCommand(['main', 'latest'], at).exitCode).toBe(1);
  expect(baselineCommand(['save', 'main'], at).output[0]).toContain('replaced by 2025-11-22T110000Z');
  expect(findComparedRun('main', at).manifest.startedAt).toBe(startedAt.toISOString());
  expect(baselineCommand(['drop', 'main'], at).output).toEqual(['dropped main']);
  expect(existsSync(join(at.baselines, 'main'))).toBe(false);
});

test('a baseline in one file can be committed and is checked when it is read', () => {
  const at = places();
  const run = basename(writePlantedRun(at.runs));
  const file = join(at.runs, '..', 'ci', 'main.json');
  expect(baselineCommand(['save', 'main', run, '--out', file], at).exitCode).toBe(0);
  expect(existsSync(at.baselines)).toBe(false);
  expect(findComparedRun(file, at)).toMatchObject({
    name: 'baseline main',
    result: { scenario: 'kafka-on-off' },
  });
  writeFileSync(file, readFileSync(file, 'utf8').replace('"coreCount": 2', '"coreCount": "two"'));
  expect(() => findComparedRun(file, at)).toThrow(/main\.json: \/manifest\/machine\/coreCount .*found "two"/);
});

test('a baseline that cannot be read is listed with its mistake, and the others too', () => {
  const at = places();
  writePlantedRun(at.runs);
  for (const name of ['good', 'bad']) baselineCommand(['save', name], at);
  writeFileSync(join(at.baselines, 'bad', 'result.json'), '{');
  const { output } = baselineCommand(['list'], at);
  expect(output[0]).toMatch(/^bad {3}cannot be read: .*needed JSON$/);
  expect(output[1]).toMatch(/^good {2}kafka-on-off/);
});

test('a run that publishes nothing is no baseline', () => {
  const at = places();
  writePlantedRun(at.runs, { verdict: 'INVALID' });
  expect(baselineCommand(['save', 'main'], at).errors[0]).toContain('found a run that ended INVALID');
});

test('wrong words are errors with exit code 3', () => {
  const at = places();
  writePlantedRun(at.runs);
  baselineCommand(['save', 'main'], at);
  expect(baselineCommand(['drop', 'mian'], at).errors[0]).toContain('Did you mean main?');
  const wrong = [
    [],
    ['keep'],
    ['save'],
    ['drop'],
    ['save', 'a/b'],
    ['save', 'latest'],
    ['list', 'x'],
    ['--nope'],
  ];
  for (const argv of [
    ...wrong,
    ['drop', '..'],
    ['list', '--out', 'x'],
    ['save', 'a', 'latest', 'b'],
    ['save', 'a', '--out', at.runs],
  ])
    expect(baselineCommand(argv, at)).toMatchObject({ exitCode: 3, output: [] });
  expect(baselineCommand(['list'], at).output).toHaveLength(1);
});
