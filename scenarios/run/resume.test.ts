import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Manifest } from '../../reports/record/manifest.ts';
import { cellPath } from '../../reports/record/names.ts';
import { syntheticManifest } from '../../reports/testing/synthetic-manifest.ts';
import { readCommandLine } from '../ask/command-line.ts';
import { planHash, planRun } from '../plan/plan.ts';
import { scenarios } from '../questions/all.ts';
import { regression } from '../questions/regression.ts';
import type { ScenarioOptions } from './asked.ts';
import { planDifferences, type Surroundings, surroundingDifferences } from './resume.ts';

const folder = mkdtempSync(join(tmpdir(), 'stampede-resume-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const manifest: Manifest = {
  ...syntheticManifest('regression', 1, new Date(0), ''),
  commitIsDirty: false,
  changesHash: null,
};
const same: Surroundings = {
  commit: manifest.commit,
  changesHash: null,
  machine: manifest.machine,
  fingerprint: manifest.dataSet.fingerprint,
};

describe('a run that is to go on', () => {
  it('does where nothing has changed; a little memory more is the same machine', () => {
    expect(surroundingDifferences(manifest, same)).toEqual([]);
    const memoryBytes = manifest.machine.memoryBytes * 1.01;
    expect(surroundingDifferences(manifest, { ...same, machine: { ...same.machine, memoryBytes } })).toEqual(
      [],
    );
  });

  it('names every difference, what was found and what is needed', () => {
    const machine = { ...same.machine, coreCount: 8, memoryBytes: 32e9, cpuModel: 'another' };
    const changed = { commit: 'c0ffee', changesHash: 'f00d', machine, fingerprint: 'other' };
    expect(surroundingDifferences(manifest, changed)).toEqual([
      `commit: found c0ffee, needed ${manifest.commit}`,
      'uncommitted changes: found f00d, needed none',
      'data set: found other, needed 9f31c7aa02',
      'processor: found another, needed AMD EPYC 7B13',
      'cores: found 8, needed 2',
      'memory: found 32 GB, needed 8.3 GB',
    ]);
  });

  it('does not take unknown changes for the same, and takes the same ones as such', () => {
    const { changesHash: _, ...older } = { ...manifest, commitIsDirty: true };
    expect(surroundingDifferences(older, same)).toEqual([
      'uncommitted changes: found none, needed some that were not recorded',
    ]);
    const dirty = { ...manifest, commitIsDirty: true, changesHash: 'abc' };
    expect(surroundingDifferences(dirty, { ...same, changesHash: 'abc' })).toEqual([]);
  });
});

function begun(name: string, options: Partial<ScenarioOptions> = {}, change: Partial<Manifest> = {}): string {
  const asked = readCommandLine(scenarios, 'regression', { set: [], ...options }, folder, 2);
  if (asked.kind !== 'ok') throw new Error(asked.mistakes.join(' '));
  const { scenario, overrides, flags, seed } = asked;
  mkdirSync(join(folder, name));
  writeFileSync(
    join(folder, name, 'manifest.json'),
    JSON.stringify({ ...manifest, effectiveScenario: scenario, overrides, flags, seed, ...change }),
  );
  return name;
}

const resumed = (run: string, more: Partial<ScenarioOptions> = {}) =>
  readCommandLine(scenarios, 'regression', { set: [], resume: run, ...more }, folder, 2);

describe('--resume', () => {
  it('goes on with seed, settings, flags and baseline as the run was begun', () => {
    const run = begun('plain', {
      seed: '7',
      blocks: '8',
      baseline: "my shop's",
      set: ['load.durationSeconds=6'],
    });
    expect(resumed(run)).toMatchObject({
      kind: 'ok',
      seed: 7,
      baseline: "my shop's",
      flags: ['--blocks 8', "--baseline 'my shop'\\''s'"],
      scenario: { load: { durationSeconds: 6 }, comparison: { blocks: 8 } },
      resume: { anyway: [] },
    });
  });

  it('refuses every option that would be ignored beside it', () => {
    const options = {
      seed: '2',
      duration: '5',
      blocks: '3',
      quick: true,
      set: ['load.drainSeconds=5'],
      baseline: 'b',
    };
    const asked = resumed(begun('options'), options);
    if (asked.kind === 'ok') throw new Error('the options were ignored');
    expect(asked.mistakes.map((mistake) => mistake.split(':')[0])).toEqual([
      '--seed',
      '--duration',
      '--blocks',
      '--quick',
      '--baseline',
      '--set',
    ]);
    expect(readCommandLine(scenarios, 'smoke', { set: [], resumeAnyway: true }, folder, 2)).toMatchObject({
      kind: 'mistakes',
      mistakes: ['--resume-anyway: there is nothing to go on with. Needed: --resume RUN.'],
    });
  });

  it('finds a scenario that has changed since, by the path of each setting', () => {
    const before = { ...regression, load: { ...regression.load, ordersPerSecond: 25 } };
    const asked = resumed(begun('changed', {}, { effectiveScenario: before }));
    expect(asked).toMatchObject({
      resume: { anyway: ['scenario.load.ordersPerSecond: found 20, needed 25'] },
    });
  });

  it('takes the accounts that a shop of somebody’s own was found to have for no change', () => {
    const file = join(folder, 'my-shop.ts');
    writeFileSync(file, '');
    const options = { target: file, url: 'http://127.0.0.1:3000' };
    const asked = readCommandLine(scenarios, 'regression', { set: [], ...options }, folder, 2);
    if (asked.kind !== 'ok') throw new Error(asked.mistakes.join(' '));
    const { yourShop } = asked.scenario;
    const effectiveScenario = { ...asked.scenario, yourShop: { ...yourShop, accountCount: 9_000 } };
    expect(resumed(begun('accounts', options, { effectiveScenario }))).toMatchObject({
      scenario: { yourShop: { file, accountCount: 9_000 } },
      resume: { anyway: [] },
    });
  });

  it('finds kept cells that were asked something else', () => {
    const asked = resumed(begun('plans'));
    if (asked.kind !== 'ok') throw new Error(asked.mistakes.join(' '));
    const [first, second] = asked.cells;
    for (const [cell, hash] of [
      [first!, null],
      [second!, 'f'.repeat(64)],
    ] as const) {
      const directory = join(folder, 'plans', cellPath(cell));
      mkdirSync(directory, { recursive: true });
      const planned = planRun(cell.scenario, cell.seed);
      if (planned.kind !== 'ok') throw new Error('not planned');
      writeFileSync(join(directory, 'plan.json'), JSON.stringify({ hash: hash ?? planHash(planned.plan) }));
      writeFileSync(join(directory, 'cell.json'), '{}');
    }
    const differences = planDifferences(join(folder, 'plans'), asked.cells);
    expect(differences).toHaveLength(1);
    expect(differences[0]).toMatch(/^plan of .*: found [0-9a-f]{16}, needed ffffffffffffffff$/);
  });
});
