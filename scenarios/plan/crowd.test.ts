// A scenario whose arrivals are a crowd: how it is asked for, planned and told.
import { expect, it } from 'vitest';
import { smoke } from '../questions/smoke.ts';
import { notesOf } from '../run/manifest.ts';
import { rateText } from '../scenario/arrival-rate.ts';
import { applyOverrides } from '../scenario/overrides.ts';
import { planRun } from './plan.ts';

function asked(...assignments: string[]) {
  const small = ['data.people=1000', 'data.products=300', 'data.days=10', 'load.ordersPerSecond=100'];
  const made = applyOverrides(smoke, [...small, 'load.arrivals=crowd', ...assignments]);
  if (made.kind === 'mistakes') throw new Error(made.mistakes.join(' '));
  return made.scenario;
}

it('has as many people as it says, whatever the rate, and is told in orders a second', () => {
  const scenario = asked('load.crowdPeople=40', 'load.burstFactor=5', 'load.burstSeconds=5');
  const planned = planRun(scenario, 1);
  if (planned.kind === 'mistakes') throw new Error(planned.mistakes.join(' '));
  const { candidates, sessions } = planned.plan;
  expect(candidates).toHaveLength(40);
  const within = (fromMs: number, toMs: number) =>
    sessions.filter(({ startMs }) => startMs >= fromMs && startMs < toMs).length;
  // 100 a second for 25 s, and five times as many in the burst.
  expect(Math.abs(within(0, 5_000) - 2_500)).toBeLessThan(250);
  expect(Math.abs(within(5_000, 30_000) - 2_500)).toBeLessThan(250);
  expect(rateText(scenario.load)).toBe('100 orders/s');
  expect(notesOf(scenario, 'nice')[0]).toBe(
    'Orders are planned directly (open, a seeded Poisson plan) and given to whoever is free of a standing crowd of 40, signed in and connected before the first one, which no shop’s funnel does: 100 orders/s for 30 s, 500/s for 5 s of them.',
  );
});

it('of more people than the data set has is a mistake that says what to do', () => {
  expect(planRun(asked('load.crowdPeople=1500'), 1)).toMatchObject({
    mistakes: [
      expect.stringMatching(
        /^A crowd of 1500 cannot be planned\..*needed are 1500.*Raise data\.people or lower load\.crowdPeople\.$/,
      ),
    ],
  });
});

it('that acts goes round in turn, each about every so many seconds, and its arithmetic is told', () => {
  const scenario = asked('load.arrivals=acting-crowd', 'load.crowdPeople=30', 'load.actionsPerSecond=10');
  const planned = planRun(scenario, 1);
  if (planned.kind === 'mistakes') throw new Error(planned.mistakes.join(' '));
  const [first, ...others] = planned.plan.sessions.map(({ personId }) => personId);
  expect(new Set([first, ...others.slice(0, 29)]).size).toBe(30);
  expect(others[29]).toBe(first);
  expect(rateText(scenario.load)).toBe('10 actions/s');
  expect(notesOf(scenario, 'nice')[0]).toContain('so that each does something every 3.0 s on average');
});
