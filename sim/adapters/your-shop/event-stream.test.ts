import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createEventReader } from './event-stream.ts';

function read(pieces: readonly string[]): string[] {
  const events: string[] = [];
  const take = createEventReader((type, data) => void events.push(`${type}: ${data}`));
  for (const piece of pieces) take(piece);
  return events;
}

const STREAM =
  ': welcome\n\nid: 7\ndata: a\n\nevent: order\r\ndata: {"x":1}\r\ndata:two\r\n\r\nevent: empty\n\ndata\n\nretry: 5\ndata: b\n\n';

it('tells each event with its type and all lines of its data, and leaves out what has none', () => {
  expect(read([STREAM])).toEqual(['message: a', 'order: {"x":1}\ntwo', 'message: ', 'message: b']);
});

it('an event that has not ended yet is none', () => {
  expect(read(['data: a\n'])).toEqual([]);
  expect(read(['data: a\n', '\n'])).toEqual(['message: a']);
});

it('is the same in whatever pieces it comes', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: STREAM.length }), { maxLength: 12 }), (cuts) => {
      const at = [0, ...cuts.toSorted((a, b) => a - b), STREAM.length];
      const pieces = at.slice(1).map((end, index) => STREAM.slice(at[index], end));
      expect(read(pieces)).toEqual(read([STREAM]));
    }),
  );
});
