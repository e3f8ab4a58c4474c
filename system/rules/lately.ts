// What people did before this process knew of them, out of the behaviour log: after a start, or when partitions come from another
// process, what was done in the last half hour; of each person who then does something, their newest actions, so that the same hour
// of another day is known.
import { createAskBriefly } from '../behaviour/store/ask-briefly.ts';
import { readSince } from '../behaviour/store/read-since.ts';
import type { BehaviourStore } from '../behaviour/store/store.ts';
import type { BehaviourEntry } from '../contract/behaviour.ts';
import { reportOf } from '../recommendations/recall.ts';
import type { Facts } from './facts.ts';
import type { People } from './people.ts';
import { ACTIONS_KNOWN } from './person.ts';
import { ACTIVE_MS, type Remember } from './remember.ts';
import { ruleAction, textsOf } from './rule-action.ts';

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
  const since = new Date(nowMs - ACTIVE_MS);
  const found = await readSince(deps.log, since, ({ customerId }) => isOwn(customerId));
  await learn(deps, found, nowMs);
  return found.length;
}

/** Recalls whoever acts and is not recalled yet. Where the log is away or slow one goes on with what is known. */
export function createRecall(
  deps: LatelyDeps & { monotonicMs: () => number; onFailure: (error: unknown) => void },
): (customerIds: readonly number[], nowMs: number) => Promise<void> {
  const askBriefly = createAskBriefly(deps);

  async function recall(customerIds: number[], nowMs: number): Promise<void> {
    // Of each person about a week of somebody who comes every day.
    const found = await deps.log.newestOf(customerIds, ACTIONS_KNOWN);
    await learn(deps, found.reverse(), nowMs);
    for (const customerId of customerIds) deps.people.recalled(customerId);
  }
  return async (customerIds, nowMs) => {
    const unknown = [...new Set(customerIds)].filter((customerId) => !deps.people.isRecalled(customerId));
    if (unknown.length > 0) await askBriefly(() => recall(unknown, nowMs));
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
