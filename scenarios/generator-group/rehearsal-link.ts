// The rehearsal's end of the brokers: makes its two topics, hears whoever is in the group, tells them what to do, looks every second who
// is still there, and takes topics and groups away again.
import { setTimeout as wait } from 'node:timers/promises';
import type { Admin, Kafka } from 'kafkajs';
import { markObserver } from '../data/run-mark.ts';
import { createFramer, type Frame, type Key } from './frames.ts';
import { createClient, unreachable } from './kafka-client.ts';
import { REHEARSAL, type ToMember } from './messages.ts';
import { type GroupNames, groupNames } from './names.ts';
import { createKafkaOutbox } from './outbox.ts';
import { createReader, SESSION_TIMEOUT_MS } from './reader.ts';
import { recordOf } from './records.ts';
import { sweepGroups } from './sweep-groups.ts';
import { within } from './within.ts';

const TICK_MS = 1_000;
const ALIVE_EVERY_TICKS = 2;
const LEAVE_WITHIN_MS = SESSION_TIMEOUT_MS + 5_000;
const FLUSH_WITHIN_MS = 5_000;
const CLOSE_WITHIN_MS = 15_000;
const POLL_MS = 250;

export type RehearsalLink = {
  tell(recipient: string, shardIndex: number | null, message: ToMember): void;
  /** Rejects when the brokers take nothing any more. */
  failed: Promise<never>;
  close(): Promise<void>;
};

type LinkInput = {
  brokers: readonly string[];
  key: Key;
  count: number;
  onFrame: (frame: Frame) => void;
  /** Every second; `present` as the roll has it. */
  onTick: (present: ReadonlySet<string> | null) => void;
  /** Who is to be told that the rehearsal is there. */
  listeners: () => readonly { id: string; shardIndex: number }[];
};

/** Makes the topics. @throws Error when the brokers cannot be reached or refuse them */
export async function openRehearsalLink(input: LinkInput): Promise<RehearsalLink> {
  const { brokers, key, count, onFrame, onTick, listeners } = input;
  const names = groupNames(key.mark);
  const kafka = createClient(brokers, REHEARSAL);
  const admin = kafka.admin();
  await admin.connect().catch((cause: unknown) => {
    throw unreachable(brokers, cause);
  });
  try {
    await sweepGroups(admin, markObserver(Date.now()));
    await admin.createTopics({
      waitForLeaders: false,
      topics: [
        { topic: names.measurementsTopic, numPartitions: 1 },
        { topic: names.planTopic, numPartitions: count },
      ],
    });
  } catch (error) {
    // Its connection would keep the process.
    await within(CLOSE_WITHIN_MS, admin.disconnect());
    throw error;
  }
  const outbox = createKafkaOutbox(kafka, names.planTopic);
  const frame = createFramer(key, REHEARSAL);
  const tell: RehearsalLink['tell'] = (recipient, shardIndex, message) => {
    const frames = frame(recipient, message);
    const partitions = shardIndex === null ? Array.from({ length: count }, (_, each) => each) : [shardIndex];
    outbox.put(partitions.flatMap((partition) => frames.map((each) => recordOf(each, partition))));
  };
  const reader = createReader({
    kafka,
    topic: names.measurementsTopic,
    group: names.rehearsalGroup,
    onFrame,
  });
  const ticking = startTicking(kafka, names, (present, tickCount) => {
    onTick(present);
    if (tickCount % ALIVE_EVERY_TICKS === 0)
      for (const { id, shardIndex } of listeners()) tell(id, shardIndex, { type: 'alive' });
  });
  return {
    tell,
    failed: outbox.failed,
    async close() {
      await within(FLUSH_WITHIN_MS, outbox.flushed());
      // Whoever leaves now is not missed.
      await ticking.stop();
      await within(LEAVE_WITHIN_MS, untilNobodyIsThere(admin, names));
      await within(CLOSE_WITHIN_MS, Promise.all([reader.close(), outbox.close()]));
      try {
        await admin.deleteTopics({ topics: [names.planTopic, names.measurementsTopic] });
        await deleteGroups(admin, [names.generatorsGroup, names.rehearsalGroup]);
      } finally {
        await admin.disconnect();
      }
    },
  };
}

/** Looks every second, one look after the other, over a connection of its own, so that brokers that are away hold up nothing else. */
function startTicking(
  kafka: Kafka,
  names: GroupNames,
  onTick: (present: ReadonlySet<string> | null, tickCount: number) => void,
) {
  const admin = kafka.admin({ retry: { retries: 0 } });
  let tickCount = 0;
  let present: ReadonlySet<string> | null = null;
  let looking: Promise<void> | null = null;
  let isConnected = false;
  async function look(): Promise<void> {
    try {
      if (!isConnected) await admin.connect();
      isConnected = true;
      present = await membersOf(admin, names.generatorsGroup);
    } catch {
      present = null;
      isConnected = false;
    } finally {
      looking = null;
    }
  }
  const timer = setInterval(() => {
    tickCount += 1;
    looking ??= look();
    onTick(present, tickCount);
  }, TICK_MS);
  return {
    async stop() {
      clearInterval(timer);
      await within(CLOSE_WITHIN_MS, looking ?? Promise.resolve());
      await within(CLOSE_WITHIN_MS, admin.disconnect());
    },
  };
}

/** Ids of those whom the brokers count as members; null while they divide the shards anew. */
async function membersOf(admin: Admin, group: string): Promise<ReadonlySet<string> | null> {
  const { groups } = await admin.describeGroups([group]);
  const [found] = groups;
  if (found === undefined || !['Stable', 'Empty'].includes(found.state)) return null;
  return new Set(found.members.map(({ clientId }) => clientId));
}

/** Those who were killed count until their session is over. */
async function untilNobodyIsThere(admin: Admin, { generatorsGroup }: GroupNames): Promise<void> {
  const deadlineMs = performance.now() + LEAVE_WITHIN_MS;
  // Ends by itself, too, when nobody waits for it any more.
  while (performance.now() < deadlineMs) {
    const { groups } = await admin.describeGroups([generatorsGroup]);
    if (groups.every(({ members }) => members.length === 0)) return;
    await wait(POLL_MS);
  }
}

/** A group that nobody was ever in is none. */
async function deleteGroups(admin: Admin, wanted: readonly string[]): Promise<void> {
  const { groups } = await admin.listGroups();
  const there = wanted.filter((name) => groups.some(({ groupId }) => groupId === name));
  if (there.length > 0) await admin.deleteGroups(there);
}
