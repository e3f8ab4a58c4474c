// The engine that a clock drives: every 4 s all lists of everybody who is active are worked out anew, whether they did anything
// since or not. An action waits for the next turn, so it is answered 2 s after it on average, and later as turns take their time.
import { PERIODIC_EVERY_MS, RECOMMENDATION_KINDS } from '../../contract/recommendations.ts';
import { deliverInTurns } from './deliver-in-turns.ts';
import { ACTIVE_MS, type Arrived, type MadeLists, type StartEngine } from './engine.ts';

export const PERIOD_MS = PERIODIC_EVERY_MS;

type Waiting = Map<string, Arrived['stages'] | null>;

/** @param everyMs from the beginning of a turn to that of the next, where it does not last longer. */
export const periodicEngine =
  (everyMs: number): StartEngine =>
  (deps, unanswered) => {
    const { model, clock, metrics, log } = deps;
    let waiting = new Map<number, Waiting>();
    for (const { customerId, actionIds } of unanswered)
      waiting.set(customerId, new Map(actionIds.map((id) => [id, null])));

    const makeFor =
      (answering: ReadonlyMap<number, Waiting>) =>
      (customerId: number): MadeLists => {
        const startedMs = clock.monotonicMs();
        const lists = model.listsOf(customerId, RECOMMENDATION_KINDS, clock.now().toISOString());
        metrics.made(RECOMMENDATION_KINDS, clock.monotonicMs() - startedMs);
        const answers = [...(answering.get(customerId) ?? [])].map(([id, stages]) => ({
          id,
          stages: stages && { ...stages, startedMs },
        }));
        return { customerId, lists, answers };
      };
    async function turn(): Promise<void> {
      const answering = waiting;
      waiting = new Map();
      const active = new Set(model.activeSince(clock.monotonicMs() - ACTIVE_MS));
      const people = new Set([...answering.keys(), ...active]);
      try {
        await deliverInTurns([...people], makeFor(answering), deps);
      } catch (error) {
        // The next turn answers them.
        for (const [customerId, actions] of answering)
          waiting.set(customerId, new Map([...actions, ...(waiting.get(customerId) ?? [])]));
        throw error;
      }
    }
    let turning: Promise<void> | null = null;
    const begin = (): void => {
      turning ??= turn()
        .catch((error) => log.warn({ err: error }, 'lists could not be delivered; the next turn does it'))
        .finally(() => {
          turning = null;
        });
    };
    const timer = setInterval(begin, everyMs);
    return {
      async take(arrived) {
        for (const { customerId, report, stages } of arrived) {
          model.learn(customerId, report, stages.receivedMs);
          const isOld = clock.monotonicMs() - stages.receivedMs > ACTIVE_MS;
          if (isOld || model.isAnswered(customerId, report.id)) continue;
          const actions: Waiting = waiting.get(customerId) ?? new Map();
          waiting.set(customerId, actions);
          if (!actions.has(report.id)) actions.set(report.id, stages);
        }
      },
      async close() {
        clearInterval(timer);
        await turning;
        // Taken in and nowhere else any more.
        if (waiting.size > 0) {
          begin();
          await turning;
        }
      },
    };
  };
