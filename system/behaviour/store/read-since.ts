// What the log holds of the last while, for a process that begins to follow what people do.
import type { BehaviourEntry } from '../../contract/behaviour.ts';
import type { BehaviourStore, LogFilter } from './store.ts';

const ACTIONS_MOST = 200_000;
const ACTIONS_AT_ONCE = 5_000;

/** The newest actions since then that are wanted, oldest first; of at most ACTIONS_MOST that are looked at. Rejects as the log does. */
export async function readSince(
  log: Pick<BehaviourStore, 'find'>,
  since: Date,
  isWanted: (entry: BehaviourEntry) => boolean = () => true,
): Promise<BehaviourEntry[]> {
  const filter = { ...EVERYTHING, from: since };
  const found: BehaviourEntry[] = [];
  for (let after = null, readCount = 0, isMore = true; isMore && readCount < ACTIONS_MOST; ) {
    const page: BehaviourEntry[] = await log.find(filter, { after, limit: ACTIONS_AT_ONCE });
    found.push(...page.filter(isWanted));
    readCount += page.length;
    const last = page.at(-1);
    isMore = page.length === ACTIONS_AT_ONCE && last !== undefined;
    if (last !== undefined) after = { actedAt: new Date(last.actedAt), id: last.id };
  }
  return found.reverse();
}

const EVERYTHING: Omit<LogFilter, 'from'> = {
  customerId: null,
  targetType: null,
  targetId: null,
  action: null,
  to: null,
  words: [],
};
