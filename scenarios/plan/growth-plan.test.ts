import { describe, expect, it } from 'vitest';
import { smoke } from '../questions/smoke.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { planHash, planRun } from './plan.ts';

const growing = (growth: Partial<Scenario['growth']>, durationSeconds = 30): Scenario => ({
  ...smoke,
  data: { ...smoke.data, people: 3_000 },
  load: { ...smoke.load, sessionsPerSecond: 5, durationSeconds },
  growth: { ...smoke.growth, ...growth },
});

function planned(scenario: Scenario, seed = 1) {
  const result = planRun(scenario, seed);
  if (result.kind === 'mistakes') throw new Error(result.mistakes.join(' '));
  return result.plan;
}

describe('the sign-ups of a plan', () => {
  it('are as many as the rate says, with e-mails of their own, and part of the hash', () => {
    const bass = planned(growing({ model: 'bass', signUpsPerSecond: 2 }));
    expect(bass.newcomers).toHaveLength(60);
    expect(new Set(bass.newcomers?.map(({ email }) => email)).size).toBe(60);
    const none = planned(growing({}));
    expect(none.newcomers).toBeUndefined();
    // Growth comes on top: everybody else comes as before.
    expect(bass.sessions).toEqual(none.sessions);
    const hashes = [none, bass, planned(growing({ model: 'decay' })), planned(growing({ model: 'bass' }))];
    expect(new Set(hashes.map(planHash)).size).toBe(4);
    expect(planHash(planned(growing({ model: 'decay' })))).toBe(planHash(hashes[2]!));
  });

  it('are a mistake when there would be none', () => {
    const result = planRun(growing({ model: 'bass', signUpsPerSecond: 0.01 }), 1);
    expect(result).toMatchObject({
      kind: 'mistakes',
      mistakes: [expect.stringContaining('growth.signUpsPerSecond=0.01: nobody would sign up in the 30 s')],
    });
  });
});
