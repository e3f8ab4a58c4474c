// What people did before this process knew of them: their newest actions are read from the log when they first do something,
// those of all who come together at once.
import { createAskBriefly } from '../behaviour/store/ask-briefly.ts';
import type { BehaviourStore } from '../behaviour/store/store.ts';
import type { BehaviourEntry } from '../contract/behaviour.ts';
import type { Arrived, Engine } from './engines/engine.ts';
import { ACTIONS_COUNTED, type ActedReport } from './lists/seen-action.ts';
import type { Model } from './model.ts';

/** People asked for in one question. */
const PEOPLE_AT_ONCE = 500;

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

/**
 * The engine with whoever acts recalled first. Where the log is away or slow it goes on with what it knows; whoever was not recalled
 * is at their next action.
 */
export function withRecall(
  engine: Engine,
  deps: RecallDeps & { monotonicMs: () => number; onFailure: (error: unknown) => void },
): Engine {
  const askBriefly = createAskBriefly(deps);

  async function recallWhoActed(arrived: readonly Arrived[]): Promise<void> {
    const first = new Map<number, ActedReport>();
    for (const { customerId, report } of arrived) {
      const before = first.get(customerId);
      if (before === undefined || isBefore(report, before)) first.set(customerId, report);
    }
    await askBriefly(() => recallUntil(deps, first));
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
