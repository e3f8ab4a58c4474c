import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import Value from 'typebox/value';
import { expect, test } from 'vitest';
import { ComparisonResult } from '../record/result.ts';
import { createRunDirectory } from '../record/run-directory.ts';
import { writeSyntheticRun } from '../testing/synthetic-run.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { baselineCommand } from './baseline-command.ts';
import { compareCommand } from './compare-command.ts';
import type { Places } from './find-compared-run.ts';
import { type PlantedOptions, writePlantedRun } from './testing/planted-run.ts';

const root = temporaryFolder();

function places(): Places {
  const folder = mkdtempSync(join(root, 'places-'));
  return { runs: join(folder, 'runs'), baselines: join(folder, 'baselines') };
}

/** Two runs, A and B of a day later; gives their names. */
function twoRuns({ runs }: Places, a: PlantedOptions = {}, b: PlantedOptions = {}): [string, string] {
  const before = writePlantedRun(runs, { seed: 11, ...a });
  const startedAt = new Date('2025-11-22T11:00:00Z');
  return [basename(before), basename(writePlantedRun(runs, { seed: 23, startedAt, ...b }))];
}

test('a planted regression exits 1, an unchanged shop exits 0', () => {
  const at = places();
  const regressed = compareCommand(twoRuns(at, {}, { orderMs: 48 }), at);
  expect(regressed).toMatchObject({ exitCode: 1, errors: [] });
  expect(regressed.output.join('\n')).toMatch(
    /✗ SLOWER {2}order confirmed p50 of kafka of B against kafka of A: \+/,
  );
  const again = places();
  const unchanged = compareCommand(twoRuns(again), again);
  expect(unchanged.exitCode).toBe(0);
  expect(unchanged.output.join('\n')).not.toMatch(/SLOWER|FASTER|LOWER|HIGHER/);
});

test('two runs with the same recordings claim nothing, in comparisons of the form of result.json', () => {
  const at = places();
  const settings = { root: at.runs, durationSeconds: 6, leadInSeconds: 0, routeCount: 0, blockCount: 6 };
  const runs = [20, 21].map((day) => {
    const startedAt = new Date(Date.UTC(2025, 10, day));
    return basename(writeSyntheticRun({ ...settings, startedAt, variants: ['direct', 'kafka'] }));
  });
  const { exitCode, output } = compareCommand([...runs, '--json'], at);
  const { comparisons } = JSON.parse(output.join('')) as { comparisons: ComparisonResult[] };
  expect(exitCode).toBe(0);
  expect(comparisons.length).toBeGreaterThan(4);
  for (const comparison of comparisons) {
    expect(Value.Check(ComparisonResult, comparison)).toBe(true);
    expect(['same', 'unsettled', 'refused']).toContain(comparison.judgement);
  }
});

test('the table is aligned, calm and at most 110 columns wide', () => {
  const at = places();
  const options = { variants: ['direct', 'kafka'], levels: ['light', 'near'] };
  const names = twoRuns(at, options, { ...options, orderMs: 48_000, settings: { burstFactor: 10 } });
  const { output } = compareCommand(names, at);
  expect(Math.max(...output.map((line) => line.length))).toBeLessThanOrEqual(110);
  expect(output[0]).toBe('! other settings: load.burstFactor – → 10');
  const rows = output.filter((line) => line.startsWith('  order confirmed') || line.startsWith('  HTTP'));
  expect(new Set(rows.map((line) => line.search(/\d+ \/ \d+ {2}/)))).toHaveProperty('size', 1);
});

test('on a terminal of 80 columns no sentence is broken within a word', () => {
  const at = places();
  const names = twoRuns(at, {}, { orderMs: 48_000, settings: { burstFactor: 10 } });
  const { output } = compareCommand(names, at, 80);
  // The rows of the table are what they are: a table whose rows are broken is none.
  const isRow = /^ *\S.* {2,}.*( {2,}\S)/;
  const sentences = output.flatMap((text) => text.split('\n')).filter((line) => !isRow.test(line));
  expect(sentences.length).toBeGreaterThan(3);
  expect(Math.max(...sentences.map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(compareCommand(names, at, 200).output).toEqual(compareCommand(names, at).output);
});

test('single runs show the difference under one footnote', () => {
  const at = places();
  const single = { cellCount: 1, noiseSd: 0 };
  const { exitCode, output } = compareCommand(twoRuns(at, single, { ...single, orderMs: 48 }), at);
  expect(exitCode).toBe(0);
  const text = output.join('\n');
  expect(text).toMatch(
    /order confirmed p50 · primary +40 ms +48 ms +\+20\.0 % +– +1 \/ 1 {2}⊘ REFUSED \[1\]/,
  );
  expect(text).toContain('[1] need ≥ 5 cells on each side, have 1 and 1');
});

test('Markdown holds the verdict, the table and the footnotes', () => {
  const at = places();
  const { exitCode, output } = compareCommand([...twoRuns(at, {}, { orderMs: 48 }), '--markdown'], at);
  expect(exitCode).toBe(1);
  expect(output[0]).toContain('**✗ SLOWER');
  expect(output[0]).toContain('| Metric | A | B | Change | 95 % CI | Cells | Verdict |');
  expect(output[0]).toContain('1. need values above 0; baseline value 1 is 0');
});

test('--margin moves the limit of what matters, --strict refuses what cannot be compared', () => {
  const at = places();
  const names = twoRuns(at, {}, { orderMs: 48, settings: { burstFactor: 10 } });
  expect(compareCommand([...names, '--margin', '0.5'], at).exitCode).toBe(0);
  expect(compareCommand([...names, '--strict'], at)).toMatchObject({ exitCode: 3, output: [] });
  expect(compareCommand([...names, '--strict'], at).errors).toContain(
    '  other settings: load.burstFactor – → 10',
  );
});

test('a run without a verdict of its own exits 2', () => {
  const at = places();
  const names = twoRuns(at, {}, { orderMs: 48, verdict: 'AUDIT_FAILED' });
  expect(compareCommand(names, at)).toMatchObject({ exitCode: 2 });
  const { output } = compareCommand(names, at);
  expect(output.at(-1)).toContain('publishes no performance result');
});

test('what cannot be read is an error that names the thing and the next step', () => {
  const at = places();
  const [a, b] = twoRuns(at);
  baselineCommand(['save', 'release-1', a], at);
  expect(compareCommand(['relaese-1', b], at).errors[0]).toContain('Did you mean release-1?');
  expect(compareCommand([a.replace('kafka', 'kafak'), b], at).errors[0]).toContain(`Did you mean ${a}?`);
  expect(compareCommand([a], at).errors[0]).toBe('found 1 runs, needed two: RUN_A RUN_B');
  for (const argv of [
    ['--nope'],
    [a, b, '--json', '--markdown'],
    [a, b, '--margin', '5'],
    [a, b, '--margin', ''],
  ])
    expect(compareCommand(argv, at)).toMatchObject({ exitCode: 3, output: [] });
  const killed = createRunDirectory({
    root: at.runs,
    scenario: 'killed',
    startedAt: new Date('2025-11-23T11:00:00Z'),
  });
  expect(compareCommand([a, 'latest'], at).errors[0]).toContain(`--resume ${basename(killed.directory)}`);
  const file = join(at.runs, b, 'result.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace('"PASS"', '"FINE"'));
  expect(compareCommand([a, b], at).errors[0]).toContain('/verdict');
});
