// A new kind of arrivals is its entry in the table: one that is planted there can be asked for on the command line, planned,
// searched for and told of, and nothing else knows of it.
import { expect, it, vi } from 'vitest';
import { readCommandLine } from '../ask/command-line.ts';
import { describePlan } from '../ask/dry-run.ts';
import { configurationsOf, probeCell, searchesCapacity } from '../capacity/configurations.ts';
import { keptUpRatio } from '../capacity/judge-probe.ts';
import { planRun, startsPerSecond } from '../plan/plan.ts';
import { capacity } from '../questions/capacity.ts';
import { smoke } from '../questions/smoke.ts';
import { notesOf } from '../run/manifest.ts';
import { arrivalKindOf, rateOptions } from './arrival-rate.ts';
import { applyOverrides } from './overrides.ts';

vi.mock('./arrivals.ts', async (original) => {
  const { default: Type } = await import('typebox');
  const real = await original<typeof import('./arrivals.ts')>();
  return {
    ...real,
    ARRIVALS: [...real.ARRIVALS, 'glances'],
    arrivalRates: {
      ...real.arrivalRates,
      glancesPerSecond: Type.Optional(
        Type.Number({ minimum: 1, maximum: 9, description: 'glances a second' }),
      ),
    },
    arrivalKinds: {
      ...real.arrivalKinds,
      glances: {
        tells: 'a look from the street',
        rate: 'glancesPerSecond',
        help: 'glances a second, where the scenario plans glances',
        script: 'request',
        placesOrders: false,
        busyMs: () => 50,
        work: () => ({ cameCount: 8, doneCount: 6 }),
        notes: ({ rates }: { rates: string }) => [`Nobody comes in: ${rates}.`],
        searchNote: () => 'Nobody comes in.',
      },
    },
  };
});

const glancing = (name: string) =>
  readCommandLine(
    [smoke, capacity],
    name,
    Object.assign({ set: ['load.arrivals=glances', 'load.burstFactor=2', 'load.burstSeconds=5'] }, rate),
    '/nowhere',
    2,
  );
const rate = { glancesPerSecond: '4' };

it('a planted kind of arrivals is taken from the command line, planned at its rate and told in its words', () => {
  const asked = glancing('smoke');
  if (asked.kind === 'mistakes') throw new Error(asked.mistakes.join(' '));
  const { scenario } = asked;
  expect(asked.overrides).toContain('load.glancesPerSecond=4');
  expect(startsPerSecond(scenario.load, 1_000)).toBe(8);
  expect(arrivalKindOf(scenario.load).script).toBe('request');
  expect(planRun(scenario, 1).kind).toBe('ok');
  expect(notesOf(scenario, 'nice')[0]).toBe('Nobody comes in: 4 glances/s for 30 s, 8/s for 5 s of them.');
  expect(describePlan(scenario, asked.cells, 'built', 2)).toContain('(4 glances/s)');
  expect(rateOptions()).toContainEqual({
    rate: 'glancesPerSecond',
    option: '--glances-per-second',
    help: 'glances a second, where the scenario plans glances',
  });
});

it('its rate is searched for, kept up with, and not to be given beside a search', () => {
  const made = applyOverrides(capacity, ['load.arrivals=glances']);
  if (made.kind === 'mistakes' || !searchesCapacity(made.scenario)) throw new Error('no search');
  const [first] = configurationsOf(made.scenario.capacity, 1);
  if (first === undefined) throw new Error('nothing to search');
  const probe = { kind: 'bracket' as const, perSecond: 7, isRetry: false };
  const { scenario } = probeCell(made.scenario, first, probe, { seed: 1, index: 0, order: 0 });
  expect(scenario.load).toMatchObject({
    glancesPerSecond: 7,
    ordersPerSecond: capacity.load.ordersPerSecond,
  });
  const counts = {
    plannedCount: 1,
    ordersResolvedCount: 1,
    actsShownCount: 1,
    requestsSentCount: 1,
    requestsEndedCount: 1,
  };
  expect(keptUpRatio(scenario.load.arrivals, counts)).toBe(0.75);
  expect(notesOf(made.scenario, 'nice')).toContain('Nobody comes in.');
  expect(glancing('capacity')).toMatchObject({
    mistakes: [expect.stringContaining('--glances-per-second: scenario capacity searches for a rate.')],
  });
});

it('what it may be, and its rate, are told by the schema', () => {
  const of = (assignment: string) => applyOverrides(smoke, [assignment]);
  expect(of('load.arrivals=galnces')).toMatchObject({
    mistakes: [expect.stringContaining('glances (a look from the street)')],
  });
  expect(of('load.glancesPerSecond=10')).toMatchObject({
    mistakes: ['load.glancesPerSecond: found 10. Needed: a number from 1 to 9: glances a second.'],
  });
});
