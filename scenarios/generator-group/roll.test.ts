// Who may take part, without a broker: the rehearsal's roll and some generators by hand.
import { beforeEach, describe, expect, it } from 'vitest';
import { smoke } from '../questions/smoke.ts';
import { createFramer } from './frames.ts';
import { type FromMember, REHEARSAL, type ToMember } from './messages.ts';
import { busyId, createRoll, QUIET_TICKS_AT_MOST, type Roll } from './roll.ts';

const KEY = { mark: 'm1', token: 'secret' };
const scenario = { ...smoke, generator: { ...smoke.generator, count: 2, kafka: 'stack' } };
const VERSION = '0.1.0, code abc';

let said: string[];
let told: { recipient: string; message: ToMember }[];
let counts: number[];
let nowMs: number;
let roll: Roll;
beforeEach(() => {
  [said, told, counts, nowMs] = [[], [], [], 1_000_000];
  roll = createRoll({
    key: KEY,
    count: 2,
    version: VERSION,
    scenario,
    tell: (recipient, _shard, message) => void told.push({ recipient, message }),
    say: (line) => void said.push(line),
    wallMs: () => nowMs,
    onChange: (count) => void counts.push(count),
  });
});

/** A generator whose clock is ahead by so many ms; a ping takes 10 ms each way. */
function generator(id: string, { token = KEY.token, aheadMs = 0 } = {}) {
  const frame = createFramer({ ...KEY, token }, id);
  const say = (message: FromMember) => {
    for (const each of frame(REHEARSAL, message)) roll.take(each);
  };
  return {
    say,
    joins(shard: number, over: Partial<Extract<FromMember, { type: 'hello' }>> = {}) {
      say({ type: 'hello', shard, version: VERSION, descriptorLimit: 65_536, ...over });
      for (;;) {
        const next = told.findIndex(({ recipient, message }) => recipient === id && message.type === 'ping');
        const [ping] = next === -1 ? [] : told.splice(next, 1);
        if (ping?.message.type !== 'ping') return;
        const { sentAtMs } = ping.message;
        nowMs += 20;
        say({ type: 'pong', sentAtMs, atMs: sentAtMs + 10 + aheadMs });
      }
    },
  };
}

const refusalOf = (id: string) =>
  told.flatMap(({ recipient, message }) =>
    recipient === id && message.type === 'refused' ? [message.because] : [],
  )[0];

describe('generators that are fit', () => {
  it('are welcomed in the order of their parts, with the offset of their clocks shown', () => {
    generator('b~1', { aheadMs: -45_000 }).joins(1);
    generator('a~1', { aheadMs: 12 }).joins(0);
    expect(counts).toEqual([1, 2]);
    expect(roll.members().map(({ name, shard, clock }) => [name, shard.index, clock.offsetMs])).toEqual([
      ['a', 0, 12],
      ['b', 1, -45_000],
    ]);
    expect(said).toEqual([
      'Generator 2 of 2: b joined, clock −45000 ms (±10), 65536 files.',
      'Generator 1 of 2: a joined, clock +12 ms (±10), 65536 files.',
    ]);
  });

  it('are heard, and missed when they say nothing any more', () => {
    const a = generator('a~1');
    a.joins(0);
    const [member] = roll.members();
    const lost: string[] = [];
    member!.lost = (because) => void lost.push(because);
    for (let tick = 0; tick < QUIET_TICKS_AT_MOST; tick += 1) roll.tick(null);
    a.say({ type: 'alive' });
    for (let tick = 0; tick < QUIET_TICKS_AT_MOST; tick += 1) roll.tick(new Set(['a~1']));
    expect(lost).toEqual([]);
    roll.tick(null);
    expect(lost).toEqual([expect.stringContaining('Nothing was heard of it for 60 s')]);
    expect(counts).toEqual([1, 0]);
    expect(told.at(-1)).toMatchObject({ recipient: 'a~1', message: { type: 'over' } });
  });

  it('are missed sooner when the brokers count them no more, but not while they speak', () => {
    const a = generator('a~1');
    a.joins(0);
    for (let tick = 0; tick < 20; tick += 1) {
      a.say({ type: 'alive' });
      roll.tick(new Set());
    }
    expect(roll.members()).toHaveLength(1);
    for (let tick = 0; tick < 20; tick += 1) roll.tick(tick % 2 === 0 ? new Set() : null);
    expect(roll.members()).toHaveLength(1);
    for (let tick = 0; tick < 11; tick += 1) roll.tick(new Set());
    expect(roll.members()).toEqual([]);
    expect(said.at(-1)).toMatch(/^! Generator a: The brokers count it as a member no more/);
  });

  it('are told with the words in which they leave', () => {
    const a = generator('a~1');
    a.joins(0);
    a.say({ type: 'bye', because: 'Stopped by SIGTERM.' });
    expect(roll.members()).toEqual([]);
    expect(said.at(-1)).toContain('Generator a: It left (Stopped by SIGTERM.)');
  });
});

describe('a generator that is not', () => {
  it.each([
    ['of another version', { version: '0.2.0, code def' }, 'its version is 0.2.0, code def; needed: 0.1.0'],
    ['with too few files', { descriptorLimit: 256 }, 'it may open 256 files; needed:'],
  ])('%s is refused, and both are told', (_what, hello, because) => {
    generator('a~1').joins(0, hello);
    expect(refusalOf('a~1')).toContain(because);
    expect(said).toEqual([expect.stringContaining(`Generator a was refused: ${because}`)]);
    expect(counts).toEqual([]);
  });

  it.each([121_000, -500_000])('with a clock off by %i ms is refused, and both are told', (aheadMs) => {
    generator('a~1', { aheadMs }).joins(0);
    expect(refusalOf('a~1')).toMatch(/its clock is (121 s ahead of|500 s behind) the rehearsal's/);
    expect(roll.members()).toEqual([]);
  });

  it('with another token is refused once, whatever it says', () => {
    const stranger = generator('x~1', { token: 'guess' });
    stranger.joins(0);
    stranger.say({ type: 'alive' });
    expect(said).toEqual([expect.stringContaining('Generator x was refused: its token is not that of')]);
    expect(refusalOf('x~1')).toContain('STAMPEDE_GENERATOR_TOKEN');
    generator('a~1').joins(0);
    expect(counts).toEqual([1]);
  });

  it('with another token has nobody else refused in whose name it speaks, and no name printed that is none', () => {
    generator('a~1').joins(0);
    generator('a~1', { token: 'guess' }).say({ type: 'bye', because: 'no more' });
    generator('\u001b[2J~1', { token: 'guess' }).say({ type: 'alive' });
    expect(roll.members().map(({ name }) => name)).toEqual(['a']);
    expect(refusalOf('a~1')).toBeUndefined();
    expect(said).toEqual([expect.stringContaining('a joined')]);
  });

  it('works for another rehearsal is told as taken, unless it has another token', () => {
    generator(busyId('c'), { token: 'other' }).say({ type: 'busy' });
    expect(said).toEqual([]);
    generator(busyId('d')).say({ type: 'busy' });
    expect(said).toEqual([expect.stringContaining('Generator d is taken')]);
  });

  it('is refused the part that another one was given while its clock was looked at', () => {
    const slow = generator('a~1');
    slow.say({ type: 'hello', shard: 0, version: VERSION, descriptorLimit: null });
    generator('b~1').joins(0);
    for (let count = 0; count < 5; count += 1) slow.say({ type: 'pong', sentAtMs: nowMs, atMs: nowMs });
    expect(refusalOf('a~1')).toContain('another one has its part of the plan');
    expect(roll.members().map(({ name }) => name)).toEqual(['b']);
  });

  it('sent what is not whole is gone', () => {
    const frame = createFramer(KEY, 'a~1');
    frame(REHEARSAL, { type: 'alive' });
    generator('b~1').joins(1);
    for (const each of frame(REHEARSAL, { type: 'alive' })) roll.take(each);
    expect(roll.members().map(({ name }) => name)).toEqual(['b']);
  });
});
