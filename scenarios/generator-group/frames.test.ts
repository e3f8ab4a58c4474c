import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { createFramer, createUnframer, type Frame, isSealedWith } from './frames.ts';
import { frameOf, recordOf } from './records.ts';

const KEY = { mark: 'm1', token: 'secret' };

/** As a broker gives it back: texts as bytes. */
function throughKafka(frame: Frame): Frame {
  const { value, headers = {} } = recordOf(frame, 0);
  const bytes = Object.fromEntries(
    Object.entries(headers).map(([name, text]) => [name, Buffer.from(String(text))]),
  );
  const back = frameOf({ headers: bytes, value: Buffer.from(value as Buffer) });
  if (back === null) throw new Error('the record was not known again');
  return back;
}

it('cuts what is too large, and puts it together again', () => {
  const frame = createFramer(KEY, 'a', 1_000);
  const unframe = createUnframer<{ text: string }>();
  const message = { text: randomBytes(4_000).toString('hex') };
  const frames = frame('rehearsal', message).map(throughKafka);
  expect(frames.length).toBeGreaterThan(3);
  expect(frames.every(({ value }) => value.length <= 1_000)).toBe(true);
  expect(frames.map(unframe)).toEqual([...frames.slice(1).map(() => null), message]);
});

it('counts a message once however often its records come, and sees one that is missing', () => {
  const frame = createFramer(KEY, 'a', 20);
  const unframe = createUnframer<number>();
  const [first, second, third] = [1, 2, 3].map((number) => frame('rehearsal', number)) as [
    Frame[],
    Frame[],
    Frame[],
  ];
  const given = [...first, ...first, ...second.slice(0, 1), ...first, ...second, ...second].map(unframe);
  expect(given.filter((number) => number !== null)).toEqual([1, 2]);
  const [fourth] = frame('rehearsal', 4);
  expect(() => unframe(fourth!)).toThrow('message 2 of a is missing');
  expect(third.map(unframe).at(-1)).toBe(3);
});

it('counts for each recipient by itself', () => {
  const frame = createFramer(KEY, 'rehearsal');
  expect(['a', 'b', 'a'].flatMap((to) => frame(to, 0)).map(({ sequence }) => sequence)).toEqual([0, 0, 1]);
});

it('knows its own by the token, which is in none of it, and by the rehearsal', () => {
  const [sealed] = createFramer(KEY, 'a')('rehearsal', 'hello').map(throughKafka);
  expect(isSealedWith(KEY, sealed!)).toBe(true);
  expect(isSealedWith({ ...KEY, token: 'other' }, sealed!)).toBe(false);
  expect(isSealedWith({ ...KEY, mark: 'm2' }, sealed!)).toBe(false);
  expect(isSealedWith(KEY, { ...sealed!, sequence: 1 })).toBe(false);
  expect(JSON.stringify(sealed)).not.toContain('secret');
});

it('takes nothing for a frame that is none', () => {
  expect(frameOf({ headers: {}, value: Buffer.from('x') })).toBeNull();
  expect(
    frameOf({ headers: { sender: 'a', recipient: 'b', seal: 'c' }, value: Buffer.from('x') }),
  ).toBeNull();
});
