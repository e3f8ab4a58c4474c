// What people did before this process knew of them, out of the behaviour log: after a start, or when partitions come from another
// process, what was done in the last half hour; of each person who then does something, their newest actions, so that the same hour
// of another day is known.
import { setTimeout as sleep } from 'node:timers/promises';
import type { BehaviourStore } from '../behaviour/store/store.ts';
import type { BehaviourEntry } from '../contract/behaviour.ts';
import { reportOf } from '../recommendations/recall.ts';
import type { Facts } from './facts.ts';
import type { People } from './people.ts';
import { ACTIONS_KNOWN } from './person.ts';
import { ACTIVE_MS, type Remember } from './remember.ts';
import { ruleAction, textsOf } from './rule-action.ts';

const ACTIONS_MOST = 200_000;
const ACTIONS_AT_ONCE = 5_000;
/** Nobody waits longer for the log; whoever was not recalled is at their next action. */
const WAIT_MOST_MS = 1_000;
/** A log that failed is left alone for so long. */
const TRY_AGAIN_MS = 5_000;

const EVERYTHING = {
  customerId: null,
  targetType: null,
  targetId: null,
  action: null,
  to: null,
  words: [],
};

type LatelyDeps = {
  log: Pick<BehaviourStore, 'find' | 'newestOf'>;
  facts: Pick<Facts, 'categoriesOfTexts'>;
  people: People;
  remember: Remember;
};

/** Learns what these people did in the last half hour; gives how much that was. Rejects as the log does. */
export async function learnLately(
  deps: LatelyDeps,
  nowMs: number,
  isOwn: (customerId: number) => boolean,
): Promise<number> {
  const found: BehaviourEntry[] = [];
  const filter = { ...EVERYTHING, from: new Date(nowMs - ACTIVE_MS) };
  for (let after = null, readCount = 0, isMore = true; isMore && readCount < ACTIONS_MOST; ) {
    const page: BehaviourEntry[] = await deps.log.find(filter, { after, limit: ACTIONS_AT_ONCE });
    found.push(...page.filter(({ customerId }) => isOwn(customerId)));
    readCount += page.length;
    const last = page.at(-1);
    isMore = page.length === ACTIONS_AT_ONCE && last !== undefined;
    if (last !== undefined) after = { actedAt: new Date(last.actedAt), id: last.id };
  }
  await learn(deps, found.reverse(), nowMs);
  return found.length;
}

/** Recalls whoever acts and is not recalled yet. Where the log is away or slow one goes on with what is known. */
export function createRecall(
  deps: LatelyDeps & { monotonicMs: () => number; onFailure: (error: unknown) => void },
): (customerIds: readonly number[], nowMs: number) => Promise<void> {
  let failedMs = Number.NEGATIVE_INFINITY;

  async function recall(customerIds: number[], nowMs: number): Promise<void> {
    // Of each person about a week of somebody who comes every day.
    const found = await deps.log.newestOf(customerIds, ACTIONS_KNOWN);
    await learn(deps, found.reverse(), nowMs);
    for (const customerId of customerIds) deps.people.recalled(customerId);
  }
  return async (customerIds, nowMs) => {
    const unknown = [...new Set(customerIds)].filter((customerId) => !deps.people.isRecalled(customerId));
    if (unknown.length === 0 || deps.monotonicMs() - failedMs < TRY_AGAIN_MS) return;
    const giveUp = new AbortController();
    const slow = sleep(WAIT_MOST_MS, 'slow', { ref: false, signal: giveUp.signal });
    slow.catch(() => undefined);
    try {
      const end = await Promise.race([recall(unknown, nowMs), slow]);
      if (end === 'slow') throw new Error(`the behaviour log did not answer within ${WAIT_MOST_MS} ms`);
    } catch (error) {
      failedMs = deps.monotonicMs();
      deps.onFailure(error);
    } finally {
      giveUp.abort();
    }
  };
}

/** @param entries each person's oldest first. */
async function learn(
  { facts, remember }: LatelyDeps,
  entries: readonly BehaviourEntry[],
  nowMs: number,
): Promise<void> {
  const reports = entries.flatMap((entry) => {
    const report = reportOf(entry);
    return report === null ? [] : [{ customerId: entry.customerId, report }];
  });
  const categoryOfText = await facts.categoriesOfTexts(textsOf(reports.map(({ report }) => report)));
  for (const { customerId, report } of reports)
    remember(customerId, ruleAction(report, categoryOfText), nowMs);
}
