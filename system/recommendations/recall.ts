// What people did before this process knew of them: their newest actions are read from the log when they first do something,
// those of all who come together at once.
import { setTimeout as sleep } from 'node:timers/promises';
import type { BehaviourStore } from '../behaviour/store/store.ts';
import type { BehaviourEntry } from '../contract/behaviour.ts';
import type { Arrived, Engine } from './engines/engine.ts';
import { ACTIONS_COUNTED, type ActedReport } from './lists/seen-action.ts';
import type { Model } from './model.ts';

/** People asked for in one question. */
const PEOPLE_AT_ONCE = 500;
/** Lists do not wait longer for the log; whoever was not recalled is at their next action. */
const WAIT_MOST_MS = 1_000;
/** A log that failed is left alone for so long. */
const TRY_AGAIN_MS = 5_000;

type RecallDeps = { model: Model; log: Pick<BehaviourStore, 'newestOf'> };

/**
 * Recalls people who are not yet, up to a time of each: what is not older comes another way. Rejects as the log does.
 * @param untilOf a moment in the order of actions, by the person.
 */
export async function recallUntil(
  { model, log }: RecallDeps,
  untilOf: ReadonlyMap<number, Pick<ActedReport, 'actedAt' | 'id'>>,
): Promise<void> {
  const unknown = [...untilOf].filter(([customerId]) => !model.isRecalled(customerId));
  for (let start = 0; start < unknown.length; start += PEOPLE_AT_ONCE) {
    const asked = unknown.slice(start, start + PEOPLE_AT_ONCE);
    const found = await log.newestOf(
      asked.map(([customerId]) => customerId),
      ACTIONS_COUNTED,
    );
    const byPerson = Map.groupBy(found, ({ customerId }) => customerId);
    for (const [customerId, until] of asked) {
      const reports = (byPerson.get(customerId) ?? []).flatMap((entry) => reportOf(entry) ?? []);
      const older = reports.filter((report) => isBefore(report, until));
      model.recall(customerId, older.reverse());
    }
  }
}

/** The engine with whoever acts recalled first. Where the log is away or slow it goes on with what it knows. */
export function withRecall(
  engine: Engine,
  deps: RecallDeps & { monotonicMs: () => number; onFailure: (error: unknown) => void },
): Engine {
  let failedMs = Number.NEGATIVE_INFINITY;

  async function recallWhoActed(arrived: readonly Arrived[]): Promise<void> {
    if (deps.monotonicMs() - failedMs < TRY_AGAIN_MS) return;
    const first = new Map<number, ActedReport>();
    for (const { customerId, report } of arrived) {
      const before = first.get(customerId);
      if (before === undefined || isBefore(report, before)) first.set(customerId, report);
    }
    const giveUp = new AbortController();
    const slow = sleep(WAIT_MOST_MS, 'slow', { ref: false, signal: giveUp.signal });
    slow.catch(() => undefined);
    try {
      const end = await Promise.race([recallUntil(deps, first), slow]);
      if (end === 'slow') throw new Error(`the behaviour log did not answer within ${WAIT_MOST_MS} ms`);
    } catch (error) {
      failedMs = deps.monotonicMs();
      deps.onFailure(error);
    } finally {
      giveUp.abort();
    }
  }
  return {
    async take(arrived) {
      await recallWhoActed(arrived);
      await engine.take(arrived);
    },
    close: engine.close,
  };
}

function isBefore(
  one: Pick<ActedReport, 'actedAt' | 'id'>,
  other: Pick<ActedReport, 'actedAt' | 'id'>,
): boolean {
  const [oneMs, otherMs] = [one.actedAt.getTime(), other.actedAt.getTime()];
  return oneMs < otherMs || (oneMs === otherMs && one.id < other.id);
}

/** An entry of the log as it was reported; null where it is about nothing that the lists know. */
export function reportOf(entry: BehaviourEntry): ActedReport | null {
  const { id, action, target } = entry;
  const actedAt = new Date(entry.actedAt);
  if (target.type === 'text')
    return target.text === null ? null : { id, action, actedAt, target: { type: 'text', text: target.text } };
  return target.id === null ? null : { id, action, actedAt, target: { type: target.type, id: target.id } };
}
