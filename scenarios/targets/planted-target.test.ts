// A new target is its folder and its line in the table: one that is planted there is found by its name, offers its own faults,
// and is rehearsed against from lock to page without a service of our shop.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it, vi } from 'vitest';
import { smoke } from '../questions/smoke.ts';
import { answerTo } from '../verdict/answer.ts';
import { askToy, rehearseToy, smallRun, toyFolder } from './testing/toy-run.ts';
import { happened } from './testing/toy-target.ts';

vi.mock('./targets.ts', async (original) => {
  const real = await original<typeof import('./targets.ts')>();
  const { toyTarget } = await import('./testing/toy-target.ts');
  return { targets: { ...real.targets, toy: toyTarget() } };
});
vi.mock('../scenario/arrivals.ts', async (original) => {
  const { arrivalsOfRequests } = await import('./testing/toy-target.ts');
  return arrivalsOfRequests(await original());
});

const folder = toyFolder();
beforeAll(() => {
  // Nobody answers there: whoever asks all the same fails.
  vi.stubEnv('DATABASE_URL', 'postgresql://nobody@127.0.0.1:1/nothing');
  vi.stubEnv('REDIS_URL', 'redis://127.0.0.1:1');
  vi.stubEnv('KAFKA_BROKERS', '127.0.0.1:1');
});

const asked = (options: Record<string, string>) => askToy(smoke, { ...options, set: [] }, folder);

it('a target or fault that there is not is a mistake with the nearest name, before anything starts', () => {
  expect(asked({ target: 'toi' })).toEqual({
    kind: 'mistakes',
    mistakes: [
      'target: found toi. Did you mean `toy`? Needed: one of our-shop, toy, or a file that describes your shop.',
    ],
  });
  expect(asked({ target: 'toy', fault: 'dorp' })).toMatchObject({
    mistakes: ['--fault dorp: there is no fault dorp. Did you mean `drop`? Known: drop.'],
  });
  expect(asked({ target: 'toy', fault: 'api-kill' }).kind).toBe('mistakes');
  const named = askToy({ ...smoke, target: 'our-shp' }, { set: [] }, folder);
  expect(named).toMatchObject({ mistakes: [expect.stringContaining('Did you mean `our-shop`?')] });
});

it('without pages of its own no browser walks through it', () => {
  expect(asked({ target: 'toy', browsers: '1' })).toMatchObject({
    mistakes: [
      'load.browsers=1: target toy has no pages that a browser could walk through. Needed: 0, or a target that has some.',
    ],
  });
  expect(asked({ browsers: '1' }).kind).toBe('ok');
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
  const { result, directory, said } = await rehearseToy(
    smoke,
    {
      target: 'toy',
      fault: 'drop@25%',
      set: [...smallRun, 'load.durationSeconds=8', 'load.leadInSeconds=1'],
    },
    folder,
  );
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
  const told = [result.answer, ...manifest.notes, said].join('\n');
  expect(told).toContain('requests were made in 8 s');
  expect(said).toMatch(/! drop strikes[\s\S]*! drop has struck/);
  expect(told).not.toMatch(/kafka|broker|postgres|redis|orders? (was|were|an hour)|No order/i);
  expect(readFileSync(join(directory, 'report.html'), 'utf8')).toContain('toy-is-whole');
});
