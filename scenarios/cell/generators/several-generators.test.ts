// Several processes that run one plan, from the command line to the page, against a target that needs no service.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { cellPath } from '../../../reports/record/names.ts';
import { smoke } from '../../questions/smoke.ts';
import { askToy, rehearseToy, smallRun, toyFolder } from '../../targets/testing/toy-run.ts';
import { startGenerator } from './one-generator.ts';

vi.mock('../../targets/targets.ts', async () => {
  const { toyTarget } = await import('../../targets/testing/toy-target.ts');
  return { targets: { toy: toyTarget() } };
});
vi.mock('../../scenario/arrivals.ts', async (original) => {
  const { arrivalsOfRequests } = await import('../../targets/testing/toy-target.ts');
  return arrivalsOfRequests(await original());
});
vi.mock('./one-generator.ts', async (original) => {
  const real = await original<typeof import('./one-generator.ts')>();
  return { ...real, startGenerator: vi.fn(real.startGenerator) };
});

const folder = toyFolder();
const toySmoke = { ...smoke, target: 'toy' };
const options = { generators: '2', set: [...smallRun, 'load.leadInSeconds=1'] };

it('two generators start at one instant, divide the plan and are judged each by itself', {
  timeout: 120_000,
}, async () => {
  const { result, directory, cells } = await rehearseToy(toySmoke, options, folder);
  const [cell] = result.cells;
  expect(cell?.generator).toMatchObject({ reasons: [], ok: true, droppedCount: 0 });
  expect(cell?.generator.startedCount).toBe(cell?.generator.plannedCount);
  const [planned] = cells;
  const cellFolder = join(directory, planned === undefined ? '' : cellPath(planned));
  const plan = JSON.parse(readFileSync(join(cellFolder, 'plan.json'), 'utf8')) as {
    sessions: { startMs: number }[];
  };
  expect(cell?.generator.plannedCount).toBe(plan.sessions.filter(({ startMs }) => startMs >= 0).length);
  const seconds = readFileSync(join(cellFolder, 'series.ndjson'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { second: number }).second);
  expect(seconds).toEqual([...new Set(seconds)].sort((a, b) => a - b));
  expect(result.cells[0]?.audit[0]?.ok).toBe(true);
});

it('one that is killed makes the run invalid, with its name, and audits nothing', {
  timeout: 120_000,
}, async () => {
  const real = vi.mocked(startGenerator).getMockImplementation();
  vi.mocked(startGenerator).mockImplementation(async (logFolder, how) => {
    const generator = await real!(logFolder, how);
    if (how?.name !== 'generator-2') return generator;
    return {
      ...generator,
      run: (input, listeners) =>
        generator.run(input, {
          ...listeners,
          onSecond(row) {
            listeners.onSecond(row);
            if (row.second === 1) process.kill(generator.pid, 'SIGKILL');
          },
        }),
    };
  });
  const { result } = await rehearseToy(toySmoke, options, folder);
  expect(result.verdict).toBe('INVALID');
  expect(result.exitCode).toBe(2);
  expect(result.cells[0]?.generator.reasons).toContainEqual(
    expect.stringMatching(/^Generator 2 of 2: The generator ended \(signal SIGKILL\) before it was done/),
  );
  expect(result.cells[0]?.audit).toEqual([]);
});

it('what cannot be divided is a mistake before anything starts', () => {
  const ask = (generators: string) => askToy(toySmoke, { generators, set: [] }, folder);
  expect(ask('0')).toMatchObject({ mistakes: [expect.stringContaining('generator.count')] });
  expect(ask('2').kind).toBe('ok');
});
