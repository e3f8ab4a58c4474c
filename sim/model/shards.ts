// One plan for several generators: it is divided by person, so that nobody shops in two places, and every session stays what it
// was planned to be: its index, from which its decisions are drawn, its start, its person.
import type { RunPlan } from './run-plan.ts';

/** The part of a plan that one of `count` generators runs; `index` counts from 0. */
export type Shard = { index: number; count: number };

/** Knuth's multiplicative hash: neighbours in the history are not neighbours in the shards. */
const GOLDEN_RATIO_32 = 2_654_435_761;

/** Which of `count` generators a person belongs to, from 0. */
export function shardOfPerson(personId: number, count: number): number {
  return (Math.imul(personId, GOLDEN_RATIO_32) >>> 16) % count;
}

/**
 * The part of the plan that the shard's people have. Newcomers, whom no id tells apart yet, take turns; what comes from outside is
 * told by the first shard alone, through one producer.
 */
export function shardOf(plan: RunPlan, { index, count }: Shard): RunPlan {
  if (count === 1) return plan;
  const isOwn = (personId: number) => shardOfPerson(personId, count) === index;
  return {
    ...plan,
    sessions: plan.sessions.filter(({ personId }) => isOwn(personId)),
    candidates: plan.candidates.filter(({ personId }) => isOwn(personId)),
    people: plan.people.filter(({ id }) => isOwn(id)),
    ...(plan.newcomers === undefined
      ? {}
      : { newcomers: plan.newcomers.filter((_, place) => place % count === index) }),
    ...(plan.deliveries === undefined ? {} : { deliveries: index === 0 ? plan.deliveries : [] }),
  };
}

/** The shard's part of so many things that all shards do together. */
export function shareOf(totalCount: number, { index, count }: Shard): number {
  return Math.floor(totalCount / count) + (index < totalCount % count ? 1 : 0);
}
