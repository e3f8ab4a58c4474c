// Who takes part in a rehearsal: generators say hello, are looked at, compared by their clocks and welcomed, or refused with the reason;
// and whoever is not heard of any more is gone. It knows no Kafka: records come in, messages go out.
import type { Shard } from '../../sim/model/shards.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { type ClockOffset, clockOffset, type Pong } from './clock-offset.ts';
import { createUnframer, type Frame, isSealedWith, type Key } from './frames.ts';
import { type FromMember, REHEARSAL, type ToMember } from './messages.ts';
import { refusalOf, refusalOfClock, WRONG_TOKEN } from './refusals.ts';

const PING_COUNT = 5;
/** Ticks, a second each: longer than brokers take that are started anew. */
export const QUIET_TICKS_AT_MOST = 60;
/** Of one whom the brokers count as a member no more: one whose consumer begins anew is back sooner, and speaks every two seconds. */
const ABSENT_TICKS_AT_MOST = 10;

export type Member = {
  /** Its name and something that no other has. */
  id: string;
  name: string;
  shard: Shard;
  clock: ClockOffset;
  /** Why it is not there any more, as a sentence without its name; null while it is. */
  goneBecause: string | null;
  /** Told of all that it says of single runs, and when it is gone. */
  hear: (message: FromMember) => void;
  lost: (because: string) => void;
};

type Known = Partial<Pick<Member, 'clock' | 'hear' | 'lost'>> & {
  id: string;
  unframe: (frame: Frame) => FromMember | null;
  shardIndex: number | null;
  descriptorLimit: number | null;
  pongs: Pong[];
  quietTicks: number;
  absentTicks: number;
  member: Member | null;
  isRefused: boolean;
};

export type RollDeps = {
  key: Key;
  count: number;
  version: string;
  scenario: Scenario;
  /** Where nobody knows which shard the recipient reads, all are written to. */
  tell: (recipient: string, shardIndex: number | null, message: ToMember) => void;
  say: (line: string) => void;
  /** Unix ms. */
  wallMs: () => number;
  /** Told whenever somebody joined or left, with how many are there. */
  onChange: (joinedCount: number) => void;
};

export const nameIn = (id: string): string => id.slice(0, id.lastIndexOf('~'));

/** Under which one that works for another rehearsal speaks to this one. */
export const busyId = (name: string): string => `${name}~busy`;
const isBusy = (id: string): boolean => id === busyId(nameIn(id));
/** A name as member-options.ts takes it, and what follows it. */
const MEMBER_ID = /^[\w.-]{1,60}~[0-9a-z]{1,8}$/;

export function createRoll(deps: RollDeps) {
  const { key, count, version, scenario, tell, say, wallMs, onChange } = deps;
  const all = new Map<string, Known>();
  const members = (): Member[] =>
    [...all.values()]
      .flatMap(({ member }) => (member === null || member.goneBecause !== null ? [] : [member]))
      .sort((a, b) => a.shard.index - b.shard.index);

  function refuse(known: Known, because: string) {
    if (known.isRefused) return;
    known.isRefused = true;
    say(`! Generator ${nameIn(known.id)} was refused: ${because}.`);
    tell(known.id, known.shardIndex, { type: 'refused', because });
  }

  function lose(known: Known, because: string) {
    all.delete(known.id);
    if (known.member === null) return;
    known.member.goneBecause = because;
    say(`! Generator ${nameIn(known.id)}: ${because}`);
    // It may be there all the same: then it is to end, and to leave the group.
    tell(known.id, known.member.shard.index, {
      type: 'over',
      because: `it gave this generator up: ${because}`,
    });
    known.member.lost(because);
    onChange(members().length);
  }

  const refusalOfShard = (shardIndex: number): string | null =>
    members().some(({ shard }) => shard.index === shardIndex) ? 'another one has its part of the plan' : null;

  function ping(known: Known) {
    tell(known.id, known.shardIndex, { type: 'ping', sentAtMs: wallMs() });
  }

  function hello(known: Known, said: Extract<FromMember, { type: 'hello' }>) {
    if (known.member !== null || known.isRefused) return;
    known.shardIndex = said.shard;
    known.descriptorLimit = said.descriptorLimit;
    const because = refusalOfShard(said.shard) ?? refusalOf(said, version, scenario);
    if (because !== null) return refuse(known, because);
    known.pongs = [];
    ping(known);
  }

  function pong(known: Known, { sentAtMs, atMs }: Extract<FromMember, { type: 'pong' }>) {
    if (known.member !== null || known.isRefused || known.shardIndex === null) return;
    known.pongs.push({ sentAtMs, atMs, heardAtMs: wallMs() });
    if (known.pongs.length < PING_COUNT) return ping(known);
    const clock = clockOffset(known.pongs);
    // Somebody else may have been welcomed meanwhile.
    const because = refusalOfShard(known.shardIndex) ?? refusalOfClock(clock);
    if (because !== null) return refuse(known, because);
    welcome(known, clock, { index: known.shardIndex, count });
  }

  function welcome(known: Known, clock: ClockOffset, shard: Shard) {
    const { id, descriptorLimit } = known;
    const nothing = () => undefined;
    const name = nameIn(id);
    known.member = { id, name, shard, clock, goneBecause: null, hear: nothing, lost: nothing };
    tell(id, shard.index, { type: 'welcome', shard });
    const files = descriptorLimit === null ? '' : `, ${descriptorLimit} files`;
    const offset = `${clock.offsetMs < 0 ? '−' : '+'}${Math.abs(clock.offsetMs)} ms (±${clock.withinMs})`;
    say(`Generator ${shard.index + 1} of ${count}: ${name} joined, clock ${offset}${files}.`);
    onChange(members().length);
  }

  function hear(known: Known, message: FromMember) {
    switch (message.type) {
      case 'hello':
        return hello(known, message);
      case 'pong':
        return pong(known, message);
      case 'busy':
        return say(
          `! Generator ${nameIn(known.id)} is taken: it works for another rehearsal. With --stay it takes this one afterwards.`,
        );
      case 'bye':
        return lose(known, `It left (${message.because}).`);
      case 'alive':
        return;
      default:
        return known.member?.hear(message);
    }
  }

  function knownAs(id: string): Known {
    const before = all.get(id);
    if (before !== undefined) return before;
    const known: Known = {
      id,
      unframe: createUnframer<FromMember>(),
      shardIndex: null,
      descriptorLimit: null,
      pongs: [],
      quietTicks: 0,
      absentTicks: 0,
      member: null,
      isRefused: false,
    };
    all.set(id, known);
    return known;
  }

  return {
    members,
    take(frame: Frame) {
      if (frame.recipient !== REHEARSAL) return;
      // Nothing is known yet of who wrote it, and the name is printed.
      if (!MEMBER_ID.test(frame.sender)) return;
      const known = knownAs(frame.sender);
      // One that says that it is taken may well work for somebody with another token, and whoever was heard with the right one
      // does not answer for what somebody else says in its name.
      if (!isSealedWith(key, frame)) {
        if (!isBusy(frame.sender) && known.shardIndex === null) refuse(known, WRONG_TOKEN);
        return;
      }
      known.quietTicks = 0;
      try {
        const message = known.unframe(frame);
        if (message !== null) hear(known, message);
      } catch (error) {
        lose(known, `What it sent is not whole: ${(error as Error).message}.`);
      }
    },
    /**
     * A second is over. @param present ids of those whom the brokers count as members; null where they do not say
     */
    tick(present: ReadonlySet<string> | null) {
      for (const known of [...all.values()]) {
        known.quietTicks += 1;
        const isAbsent = present !== null && !present.has(known.id);
        known.absentTicks = isAbsent ? known.absentTicks + 1 : 0;
        if (Math.min(known.absentTicks, known.quietTicks) > ABSENT_TICKS_AT_MOST)
          lose(known, 'The brokers count it as a member no more, and it says nothing.');
        else if (known.quietTicks > QUIET_TICKS_AT_MOST)
          lose(known, `Nothing was heard of it for ${QUIET_TICKS_AT_MOST} s.`);
      }
    },
  };
}

export type Roll = ReturnType<typeof createRoll>;
