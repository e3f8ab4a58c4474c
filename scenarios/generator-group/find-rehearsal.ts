// Looks on the brokers for a rehearsal that needs generators: each has a topic of its own for its plan.
import { setTimeout as wait } from 'node:timers/promises';
import type { Admin } from 'kafkajs';
import { marksOfRehearsals } from './names.ts';

const LOOK_EVERY_MS = 1_000;

/**
 * The mark of a rehearsal that `isNew`; null when there is none until `deadlineMs` of the monotonic clock. A broker that does
 * not answer is asked again until then. @throws the reason of `stop`
 */
export async function findRehearsal(
  admin: Pick<Admin, 'listTopics'>,
  isNew: (mark: string) => boolean,
  deadlineMs: number,
  stop: AbortSignal,
): Promise<string | null> {
  for (;;) {
    stop.throwIfAborted();
    const topics = await admin.listTopics().catch(() => []);
    const mark = marksOfRehearsals(topics).find(isNew);
    if (mark !== undefined) return mark;
    if (performance.now() >= deadlineMs) return null;
    await wait(LOOK_EVERY_MS, undefined, { signal: stop }).catch(() => stop.throwIfAborted());
  }
}
