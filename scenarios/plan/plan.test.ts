import { describe, expect, it } from 'vitest';
import { peakHour } from '../questions/peak-hour.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { shopStart } from '../scenario/shop-start.ts';
import { worldOf } from '../scenario/world.ts';
import { planHash, planRun } from './plan.ts';

const scenario: Scenario = {
  ...peakHour,
  data: { ...peakHour.data, people: 1_500, products: 300, days: 40 },
  load: { ...peakHour.load, sessionsPerSecond: 5, durationSeconds: 20 },
};

function plan(asked: Scenario, seed = 1) {
  const planned = planRun(asked, seed);
  if (planned.kind === 'mistakes') throw new Error(planned.mistakes.join(' '));
  return planned.plan;
}

describe('the plan of a run', () => {
  it('lets the people of the history come, as they stand at its end', () => {
    const { people, candidates, sessions } = plan(scenario);
    const world = new Map(worldOf(scenario).people.map((person) => [person.id, person]));
    const startMs = shopStart(scenario).getTime();
    const described = new Set(people.map(({ id }) => id));
    expect(described).toEqual(new Set(candidates.map(({ personId }) => personId)));
    expect(sessions.every(({ personId }) => described.has(personId))).toBe(true);
    for (const person of people) {
      expect(person).toEqual(world.get(person.id));
      expect(person.createdAtMs).toBeLessThan(startMs);
    }
    // Grades come from the orders of the history, so not everybody who comes has the same.
    expect(new Set(people.map(({ grade }) => grade)).size).toBeGreaterThan(1);
  });

  it('is the same for the same seed, and another for another past', () => {
    const asked = planHash(plan(scenario));
    expect(planHash(plan(scenario))).toBe(asked);
    expect(planHash(plan({ ...scenario, data: { ...scenario.data, days: 41 } }))).not.toBe(asked);
  });

  it('says what is wrong with a history that cannot be made', () => {
    const old = { ...scenario, data: { ...scenario.data, asOf: '2000-02-01' } };
    expect(planRun(old, 1)).toEqual({
      kind: 'mistakes',
      mistakes: [expect.stringMatching(/^data\.days=40 up to data\.asOf=2000-02-01 .*before 2000-01-01/)],
    });
    const never = { ...scenario, data: { ...scenario.data, asOf: '2026-13-01' } };
    expect(planRun(never, 1)).toMatchObject({ kind: 'mistakes', mistakes: [expect.any(String)] });
  });
});
