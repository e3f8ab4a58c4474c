// One rehearsal from a generator's side: joins its group, says who it is, works for it and leaves when it is over.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { homePaths, stampedeHome } from '../../deploy/local/programs/state-directory.ts';
import { descriptorLimit } from '../plan/file-descriptors.ts';
import { shardAssigner } from './divide-shards.ts';
import { createFramer, createUnframer, type Frame, isSealedWith } from './frames.ts';
import { createClient } from './kafka-client.ts';
import type { MemberOptions } from './member-options.ts';
import { type FromMember, REHEARSAL, type ToMember } from './messages.ts';
import { groupNames } from './names.ts';
import { createKafkaOutbox } from './outbox.ts';
import { createReader } from './reader.ts';
import { recordOf } from './records.ts';
import { WRONG_TOKEN } from './refusals.ts';
import { createPart } from './run-part.ts';
import { within } from './within.ts';

export type Served =
  /** It ended in order; `because` where it did not come to its end. */
  | { kind: 'over'; because: string | null }
  | { kind: 'refused'; because: string }
  /** It has as many as it needs. */
  | { kind: 'full' }
  /** Nobody answers: it was killed, or its brokers are away. */
  | { kind: 'silent'; because: string; wasWelcome: boolean };

const TICK_MS = 1_000;
const ALIVE_EVERY_TICKS = 2;
/** Without a part of the plan for so long there is none left. */
const FULL_AFTER_TICKS = 4;
const HELLO_ANSWERED_WITHIN_TICKS = 30;
const QUIET_TICKS_AT_MOST = 60;
const FLUSH_WITHIN_MS = 5_000;
const CLOSE_WITHIN_MS = 15_000;

export type ServeDeps = {
  options: Pick<MemberOptions, 'brokers' | 'token' | 'name'>;
  mark: string;
  version: string;
  say: (line: string) => void;
  stop: AbortSignal;
  monotonicMs: () => number;
  wallMs: () => number;
};

/** @throws the reason of `stop`, after it has told the rehearsal that it leaves; Error when the brokers take nothing any more */
export async function serveRehearsal(deps: ServeDeps): Promise<Served> {
  const { options, mark, version, say, stop, monotonicMs, wallMs } = deps;
  const { brokers, token, name } = options;
  const key = { mark, token };
  const names = groupNames(mark);
  const id = `${name}~${randomBytes(4).toString('hex')}`;
  const kafka = createClient(brokers, id);
  const outbox = createKafkaOutbox(kafka, names.measurementsTopic);
  const frame = createFramer(key, id);
  const unframe = createUnframer<ToMember>();
  const tell = (message: FromMember) =>
    outbox.put(frame(REHEARSAL, message).map((each) => recordOf(each, 0)));
  const served = Promise.withResolvers<Served>();
  const logFolder = join(homePaths(stampedeHome()).logs, name);
  const part = createPart({ tell, say, logFolder, monotonicMs, wallMs });
  let shard: number | null = null;
  let isWelcome = false;
  let quietTicks = 0;
  let withoutShardTicks: number | null = null;

  function onPartitions([given]: readonly number[]) {
    // What it works at it keeps.
    if (isWelcome || given === shard) return;
    if (given === undefined) {
      withoutShardTicks ??= 0;
      return;
    }
    shard = given;
    withoutShardTicks = null;
    quietTicks = 0;
    tell({ type: 'hello', shard, version, descriptorLimit: descriptorLimit() });
  }

  function onFrame(from: Frame) {
    if (from.recipient !== id) return;
    if (!isSealedWith(key, from)) {
      // Whoever has welcomed it has the token, and this one is somebody else.
      if (!isWelcome) served.resolve({ kind: 'refused', because: WRONG_TOKEN });
      return;
    }
    quietTicks = 0;
    try {
      const message = unframe(from);
      if (message !== null) take(message);
    } catch (error) {
      served.reject(error);
    }
  }

  function take(message: ToMember) {
    switch (message.type) {
      case 'refused':
        return served.resolve({ kind: 'refused', because: message.because });
      case 'ping':
        return tell({ type: 'pong', sentAtMs: message.sentAtMs, atMs: wallMs() });
      case 'welcome':
        isWelcome = true;
        return say(`${name} is generator ${message.shard.index + 1} of ${message.shard.count}.`);
      case 'alive':
        return;
      case 'over':
        return served.resolve({ kind: 'over', because: part.failure() ?? message.because });
      default:
        return part.take(message);
    }
  }

  let tickCount = 0;
  function tick() {
    tickCount += 1;
    quietTicks += 1;
    if (withoutShardTicks !== null) withoutShardTicks += 1;
    if (isWelcome && tickCount % ALIVE_EVERY_TICKS === 0) tell({ type: 'alive' });
    if (withoutShardTicks !== null && withoutShardTicks > FULL_AFTER_TICKS) served.resolve({ kind: 'full' });
    const atMost = isWelcome ? QUIET_TICKS_AT_MOST : HELLO_ANSWERED_WITHIN_TICKS;
    if (quietTicks > atMost)
      served.resolve({
        kind: 'silent',
        because: `Nothing was heard of the rehearsal for ${atMost} s`,
        wasWelcome: isWelcome,
      });
  }

  const reader = createReader({
    kafka,
    topic: names.planTopic,
    group: names.generatorsGroup,
    assigner: shardAssigner(() => shard),
    onFrame,
    onPartitions,
  });
  const timer = setInterval(tick, TICK_MS);
  const onStop = () => served.reject(stop.reason);
  stop.addEventListener('abort', onStop, { once: true });
  try {
    stop.throwIfAborted();
    return await Promise.race([served.promise, outbox.failed]);
  } catch (error) {
    tell({ type: 'bye', because: error instanceof Error ? error.message : String(error) });
    throw error;
  } finally {
    stop.removeEventListener('abort', onStop);
    clearInterval(timer);
    await part.close();
    await within(FLUSH_WITHIN_MS, outbox.flushed());
    await within(CLOSE_WITHIN_MS, Promise.all([reader.close(), outbox.close()]));
  }
}
