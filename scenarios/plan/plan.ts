// The plan of a single run, made before anything starts: who comes when, from seed, people and rate.
import { createHash } from 'node:crypto';
import { countOf } from '../../reports/format/format.ts';
import { planCrowd } from '../../sim/model/crowd-plan.ts';
import type { RunPlan } from '../../sim/model/run-plan.ts';
import { NotEnoughPeopleError, planSessions, type SessionPlan } from '../../sim/model/session-plan.ts';
import {
  arrivalKindOf,
  highestStartsPerSecond,
  rateAssignment,
  ratePerSecond,
} from '../scenario/arrival-rate.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { historyMistakes, worldOf } from '../scenario/world.ts';
import { planFromOutside } from './from-outside.ts';
import { planGrowth } from './growth-plan.ts';

export type Planned = { kind: 'ok'; plan: RunPlan } | { kind: 'mistakes'; mistakes: string[] };

/**
 * Plans all sessions and sign-ups of one run, lead-in included. The same scenario and seed give the same plan. A data set
 * with too few people for the rate, or that cannot be made at all, is a mistake of the scenario, not of the program.
 */
export function planRun(scenario: Scenario, seed: number): Planned {
  const mistakes = historyMistakes(scenario);
  if (mistakes.length > 0) return { kind: 'mistakes', mistakes };
  const growth = planGrowth(scenario, seed);
  if (growth.kind === 'mistakes') return growth;
  try {
    return {
      kind: 'ok',
      plan: { ...planOf(scenario, seed), ...planFromOutside(scenario, seed, growth.part.newcomers ?? []) },
    };
  } catch (error) {
    if (!(error instanceof NotEnoughPeopleError)) throw error;
    const { load } = scenario;
    const crowdCount = arrivalKindOf(load).standingCount?.(load);
    const [what, next] =
      crowdCount === undefined
        ? [rateAssignment(load), 'Raise data.people, raise load.thinkTimeCompression or lower the rate.']
        : [`A crowd of ${crowdCount}`, 'Raise data.people or lower load.crowdPeople.'];
    const { accountCount } = scenario.yourShop ?? {};
    const instead =
      accountCount === undefined
        ? next
        : `Its file has ${countOf(accountCount, 'account')}: add rows, leave people out so that guests come, or lower the rate.`;
    return { kind: 'mistakes', mistakes: [`${what} cannot be planned. ${error.message} ${instead}`] };
  }
}

/** Starts a second at an offset in ms of the measured span. */
export function startsPerSecond(load: Scenario['load'], offsetMs: number): number {
  const base = ratePerSecond(load);
  const second = offsetMs / 1_000;
  const inBurst = second >= load.burstAtSecond && second < load.burstAtSecond + load.burstSeconds;
  const perSecond = inBurst ? base * load.burstFactor : base;
  return perSecond * risenRatio(load, second);
}

/** How far the rate has risen by then; the rise begins with the lead-in. */
function risenRatio({ leadInSeconds, rampSeconds = 0 }: Scenario['load'], second: number): number {
  const sinceFirst = second + leadInSeconds;
  return sinceFirst >= rampSeconds ? 1 : Math.max(0, sinceFirst / rampSeconds);
}

function planOf({ load, data, shop, yourShop }: Scenario, seed: number): SessionPlan {
  const highest = highestStartsPerSecond(load);
  // Of accounts there are only so many; guests are as many as the model has people.
  const people = worldOf({ data, shop }).people.slice(0, yourShop?.accountCount);
  const kind = arrivalKindOf(load);
  const perSecond = (offsetMs: number) => startsPerSecond(load, offsetMs);
  const shared = {
    seed,
    people,
    dispersion: load.dispersion,
    durationMs: load.durationSeconds * 1_000,
    leadInMs: load.leadInSeconds * 1_000,
  };
  const crowdCount = kind.standingCount?.(load);
  if (crowdCount !== undefined)
    return planCrowd({
      ...shared,
      crowdCount,
      startsPerSecond: perSecond,
      maxStartsPerSecond: highest,
    });
  const span = { fromMs: -load.leadInSeconds * 1_000, toMs: load.durationSeconds * 1_000 };
  const startsMs = kind.startsMs?.({ rate: ratePerSecond(load), hour: shop.hour, seed, ...span });
  return planSessions({
    ...shared,
    hour: shop.hour,
    ...(startsMs === undefined ? {} : { startsMs }),
    sessionsPerSecond: perSecond,
    maxSessionsPerSecond: highest,
    expectedSessionMs: kind.busyMs(load),
  });
}

/** SHA-256 of a plan's sessions, newcomers and deliveries: two runs with the same hash were asked the same. */
export function planHash({ sessions, newcomers, deliveries }: RunPlan): string {
  const hash = createHash('sha256').update(JSON.stringify(sessions));
  if (newcomers !== undefined) hash.update(JSON.stringify(newcomers));
  if (deliveries !== undefined) hash.update(JSON.stringify(deliveries));
  return hash.digest('hex');
}
