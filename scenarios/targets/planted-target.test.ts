// A new target is its folder and its line in the table: one that is planted there is found by its name, offers its own faults,
// and is rehearsed against from lock to page without a service of our shop.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { readCommandLine } from '../ask/command-line.ts';
import type { View } from '../cell/live-view.ts';
import { smoke } from '../questions/smoke.ts';
import { rehearse } from '../run/rehearse.ts';
import { unhurriedGenerator } from '../testing.ts';
import { answerTo } from '../verdict/answer.ts';
import { happened } from './testing/toy-target.ts';

vi.mock('./targets.ts', async (original) => {
  const real = await original<typeof import('./targets.ts')>();
  const { toyTarget } = await import('./testing/toy-target.ts');
  return { targets: { ...real.targets, toy: toyTarget() } };
});
vi.mock('../scenario/arrivals.ts', async (original) => {
  const real = await original<typeof import('../scenario/arrivals.ts')>();
  const { arrivalsOfRequests } = await import('./testing/toy-target.ts');
  const sessions = arrivalsOfRequests(real.arrivalKinds.sessions);
  return { ...real, arrivalKinds: { ...real.arrivalKinds, sessions } };
});

const folder = mkdtempSync(join(tmpdir(), 'stampede-toy-'));
beforeAll(() => {
  vi.stubEnv('TMPDIR', folder);
  // Nobody answers there: whoever asks all the same fails.
  vi.stubEnv('DATABASE_URL', 'postgresql://nobody@127.0.0.1:1/nothing');
  vi.stubEnv('REDIS_URL', 'redis://127.0.0.1:1');
  vi.stubEnv('KAFKA_BROKERS', '127.0.0.1:1');
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const said: string[] = [];
const view: View = {
  phase: (name) => said.push(name),
  detail: () => undefined,
  figures: () => undefined,
  say: (line) => said.push(line),
  close: () => undefined,
};

function asked(options: Record<string, string>, assignments: readonly string[] = []) {
  return readCommandLine([smoke], 'smoke', { ...options, set: [...assignments] }, folder, 2);
}

it('a target or fault that there is not is a mistake with the nearest name, before anything starts', () => {
  expect(asked({ target: 'toi' })).toEqual({
    kind: 'mistakes',
    mistakes: ['target: found toi. Did you mean `toy`? Needed: one of our-shop, toy.'],
  });
  expect(asked({ target: 'toy', fault: 'dorp' })).toMatchObject({
    mistakes: ['--fault dorp: there is no fault dorp. Did you mean `drop`? Known: drop.'],
  });
  expect(asked({ target: 'toy', fault: 'api-kill' }).kind).toBe('mistakes');
  const named = readCommandLine([{ ...smoke, target: 'our-shp' }], 'smoke', { set: [] }, folder, 2);
  expect(named).toMatchObject({ mistakes: [expect.stringContaining('Did you mean `our-shop`?')] });
});

it('its audit fails in its own words', () => {
  const scenario = { ...smoke, target: 'toy' };
  expect(answerTo({ scenario, verdict: 'AUDIT_FAILED' })).toMatch(/^No: the toy broke under this load/);
  const searched = answerTo({ scenario: { ...scenario, answer: 'how-much' }, verdict: 'AUDIT_FAILED' });
  expect(searched).toContain('under one of the probes the toy broke');
  const compared = answerTo({
    scenario: { ...scenario, answer: 'which-is-better' },
    verdict: 'AUDIT_FAILED',
  });
  expect(compared).toBe('No answer: the toy broke; see the audit before any latency.');
});

it('is rehearsed against from lock to page, and tells its own facts', { timeout: 120_000 }, async () => {
  const assignments = [
    'data.people=1000',
    'data.products=500',
    'data.days=20',
    'load.sessionsPerSecond=20',
    'load.durationSeconds=8',
    'load.leadInSeconds=1',
    'load.drainSeconds=1',
    'load.warmUpOrders=0',
    ...unhurriedGenerator,
  ];
  const made = asked({ target: 'toy', fault: 'drop@25%' }, assignments);
  if (made.kind === 'mistakes') throw new Error(made.mistakes.join(' '));
  const { result, directory } = await rehearse({
    ...made,
    resume: null,
    baseline: null,
    coreCount: 2,
    runsFolder: folder,
    view,
    stop: new AbortController().signal,
    monotonicMs: () => Number(process.hrtime.bigint()) / 1e6,
  });
  expect(happened).toEqual(['prepared', 'drop', 'drained', 'stopped']);
  const [cell] = result.cells;
  expect(cell?.audit.map(({ rule, ok }) => ({ rule, ok }))).toEqual([{ rule: 'toy-is-whole', ok: true }]);
  expect(cell?.events).toEqual([{ second: 2, label: 'toy dropped' }]);
  expect(cell?.metrics['http.response']).toMatchObject({ censoredCount: 0 });
  const manifest = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8'));
  expect(manifest).toMatchObject({
    services: [],
    dataSet: { fingerprint: 'toy' },
    flags: ['--fault drop@25%', '--target toy'],
  });
  expect(manifest.replayCommand).toContain('--target toy');
  expect(manifest.notes).toContain('A toy is no shop.');
  const told = [result.answer, ...manifest.notes, ...said].join('\n');
  expect(told).toContain('requests were made in 8 s');
  expect(told).not.toMatch(/kafka|broker|postgres|redis|orders? (was|were|an hour)|No order/i);
  expect(readFileSync(join(directory, 'report.html'), 'utf8')).toContain('toy-is-whole');
});
