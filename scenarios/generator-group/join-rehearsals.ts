// A generator from its start to its end: looks for a rehearsal, serves it, and, where it is to stay, looks for the next. While it works
// for one, others on the same brokers are told that it is taken.
import type { Admin } from 'kafkajs';
import { findRehearsal } from './find-rehearsal.ts';
import { createFramer } from './frames.ts';
import { createClient, unreachable } from './kafka-client.ts';
import type { MemberOptions } from './member-options.ts';
import { type FromMember, REHEARSAL } from './messages.ts';
import { groupNames, marksOfRehearsals } from './names.ts';
import { createKafkaOutbox } from './outbox.ts';
import { recordOf } from './records.ts';
import { busyId } from './roll.ts';
import { type ServeDeps, type Served, serveRehearsal } from './serve-rehearsal.ts';
import { within } from './within.ts';

export const EXIT_FAILED = 2;
const EXIT_NOT_TAKEN = 3;
const LOOK_AROUND_EVERY_MS = 3_000;
/** A rehearsal that has all it needs may lose one of them before it begins. */
const FULL_AGAIN_AFTER_MS = 5_000;
/** After a refusal: brokers may serve a rehearsal with another token. */
const ANOTHER_WITHIN_MS = 3_000;
const ANNOUNCED_WITHIN_MS = 10_000;

export type JoinDeps = Omit<ServeDeps, 'mark' | 'options'> & { options: MemberOptions };

/** The exit code: 0 the rehearsal is over, 2 it failed here, 3 none took it. @throws Error when none is there in time */
export async function joinRehearsals(deps: JoinDeps): Promise<number> {
  const { options, say, stop } = deps;
  const { brokers, name, waitSeconds } = options;
  const admin = createClient(brokers, name).admin();
  await admin.connect().catch((cause: unknown) => {
    throw unreachable(brokers, cause);
  });
  const known = new Map<string, number>();
  const isNew = (mark: string) => (known.get(mark) ?? Number.NEGATIVE_INFINITY) <= performance.now();
  const inFull = () => performance.now() + waitSeconds * 1_000;
  let deadlineMs = inFull();
  let refusedBecause: string | null = null;
  say(`${name} waits for a rehearsal at ${brokers.join(', ')}, for ${waitSeconds} s at most.`);
  try {
    for (;;) {
      const mark = await findRehearsal(admin, isNew, deadlineMs, stop);
      if (mark === null) {
        if (refusedBecause !== null) return EXIT_NOT_TAKEN;
        throw new Error(
          `No rehearsal at ${brokers.join(', ')} took a generator within ${waitSeconds} s. Needed: npm run scenario -- NAME --generators kafka:N@${brokers.join(',')}`,
        );
      }
      const isFirstLook = !known.has(mark);
      const served: Served = (await isFull(admin, mark))
        ? { kind: 'full' }
        : await lookingAround(admin, mark, deps, () => serveRehearsal({ ...deps, mark }));
      known.set(mark, served.kind === 'full' ? performance.now() + FULL_AGAIN_AFTER_MS : Infinity);
      if (served.kind !== 'full' || isFirstLook) say(sentenceOf(served));
      if (served.kind === 'refused') {
        refusedBecause = served.because;
        if (!options.stays) deadlineMs = Math.min(deadlineMs, performance.now() + ANOTHER_WITHIN_MS);
      }
      if (served.kind === 'over') {
        if (!options.stays) return served.because === null ? 0 : EXIT_FAILED;
        deadlineMs = inFull();
      }
      if (served.kind === 'silent' && served.wasWelcome) {
        if (!options.stays) return EXIT_FAILED;
        deadlineMs = inFull();
      }
    }
  } finally {
    await within(ANNOUNCED_WITHIN_MS, admin.disconnect());
  }
}

/** Asked before it joins, for whoever comes and goes has the whole group divide the plan anew. */
async function isFull(admin: Admin, mark: string): Promise<boolean> {
  const { generatorsGroup, planTopic } = groupNames(mark);
  try {
    const { groups } = await admin.describeGroups([generatorsGroup]);
    const { topics } = await admin.fetchTopicMetadata({ topics: [planTopic] });
    const memberCount = groups.reduce((sum, { members }) => sum + members.length, 0);
    return memberCount >= topics.reduce((sum, { partitions }) => sum + partitions.length, 0);
  } catch {
    // Joining shows what is the matter.
    return false;
  }
}

function sentenceOf(served: Served): string {
  switch (served.kind) {
    case 'over':
      return served.because === null
        ? 'The rehearsal is over.'
        : `✗ The rehearsal ended before it was done: ${served.because}`;
    case 'refused':
      return `✗ The rehearsal refused this generator: ${served.because}.`;
    case 'full':
      return 'A rehearsal is there and has all the generators that it needs; waiting.';
    case 'silent':
      return `✗ ${served.because}.`;
  }
}

/** Tells every other rehearsal once that this generator is taken, for as long as the work goes on. */
async function lookingAround<T>(
  admin: Admin,
  own: string,
  deps: JoinDeps,
  work: () => Promise<T>,
): Promise<T> {
  const told = new Set([own]);
  let looking: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    looking = looking.then(() => look(admin, told, deps)).catch(() => undefined);
  }, LOOK_AROUND_EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    await within(ANNOUNCED_WITHIN_MS, looking);
  }
}

async function look(admin: Admin, told: Set<string>, { options }: JoinDeps): Promise<void> {
  const { brokers, name, token } = options;
  for (const mark of marksOfRehearsals(await admin.listTopics())) {
    if (told.has(mark)) continue;
    told.add(mark);
    const sender = busyId(name);
    const outbox = createKafkaOutbox(createClient(brokers, sender), groupNames(mark).measurementsTopic);
    const message: FromMember = { type: 'busy' };
    outbox.put(createFramer({ mark, token }, sender)(REHEARSAL, message).map((each) => recordOf(each, 0)));
    await within(ANNOUNCED_WITHIN_MS, outbox.flushed());
    await outbox.close();
  }
}
