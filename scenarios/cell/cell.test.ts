// A cell against a target of the test's own, which has no database, no broker and no key: what a cell knows of a target.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createRunDirectory } from '../../reports/record/run-directory.ts';
import { smoke } from '../questions/smoke.ts';
import type { RunningTarget, Target } from '../targets/target.ts';
import { runCell } from './cell.ts';
import type { View } from './live-view.ts';

function folderOfTest(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stampede-cell-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs a cell on a target that starts so; gives what happened, in its order, and what was left behind. */
async function cellOn(start: () => Promise<RunningTarget>) {
  const happened: string[] = [];
  const left: string[] = [];
  const target: Pick<Target, 'open'> = {
    async open(cleanUp, scenario) {
      happened.push(`opened for ${scenario.name}`);
      cleanUp.later({ what: 'a toy', remedy: 'Put it away.' }, () => happened.push('taken away'));
      cleanUp.later({ what: 'a stuck toy', remedy: 'Pull.' }, () => Promise.reject(new Error('stuck')));
      return { start };
    },
  };
  const view: View = {
    phase: (name) => happened.push(name),
    detail: () => undefined,
    figures: () => undefined,
    say: () => undefined,
    fault: () => undefined,
    close: () => undefined,
  };
  const root = folderOfTest();
  const run = createRunDirectory({ root, scenario: 'smoke', startedAt: new Date() });
  const cell = run.cell({ variant: 'toy', level: null, block: 0 });
  onTestFinished(() => cell.close());
  const ended = runCell({
    scenario: smoke,
    seed: 1,
    planFile: join(root, 'no-plan.json'),
    target,
    cell,
    view,
    stop: new AbortController().signal,
    onLeft: (sentence) => left.push(sentence),
    monotonicMs: () => performance.now(),
  });
  return { ended, happened, left };
}

it('opens the target, starts it, and takes everything away in reverse order when it cannot', async () => {
  const { ended, happened, left } = await cellOn(() => Promise.reject(new Error('no toy today')));
  await expect(ended).rejects.toThrow('no toy today');
  expect(happened).toEqual([
    'fresh database',
    'opened for smoke',
    'starting shop and generator',
    'sweeping up',
    'taken away',
  ]);
  expect(left).toEqual(['Left behind: a stuck toy (stuck). Pull.']);
});

it('ends with the target, when that fails by itself under load', async () => {
  const { ended, happened } = await cellOn(async () => ({
    urls: ['http://127.0.0.1:9'],
    pids: () => ({}),
    failed: Promise.reject(new Error('the toy broke')),
    backlogCount: null,
    drain: () => Promise.resolve(),
    strike: () => Promise.resolve('broken'),
    stop: () => Promise.resolve(),
    audit: () => Promise.resolve([]),
  }));
  await expect(ended).rejects.toThrow('the toy broke');
  expect(happened).not.toContain('draining queues');
  expect(happened.at(-1)).toBe('taken away');
});
