import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IncomingFrames } from './incoming-frames.ts';

const HEAD = Buffer.from('HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\n\r\n');
const [TEXT, CONTINUED, BINARY, PING] = [0x81, 0x01, 0x82, 0x89];

/** A frame as a server sends it, with its length in as few bytes as it takes. */
function frame(payload: Buffer, first = TEXT): Buffer {
  const { length } = payload;
  if (length < 126) return Buffer.concat([Buffer.from([first, length]), payload]);
  const header = Buffer.alloc(length < 65_536 ? 4 : 10);
  header[0] = first;
  header[1] = length < 65_536 ? 126 : 127;
  if (length < 65_536) header.writeUInt16BE(length, 2);
  else header.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([header, payload]);
}
const text = (message: string): Buffer => frame(Buffer.from(message));

/** What it gives for pieces that come one after the other through one buffer, as over a connection. */
function heard(...pieces: Buffer[]): (string | null)[] {
  const frames = new IncomingFrames();
  const shared = Buffer.alloc(Math.max(...pieces.map(({ length }) => length)));
  return pieces.map((piece) => {
    piece.copy(shared);
    return frames.take(shared, piece.length);
  });
}

describe('a message', () => {
  it('that comes alone is given, whatever its length', () => {
    for (const length of [0, 1, 125, 126, 65_531]) {
      const message = 'ä'.repeat(length / 2).padEnd(Math.ceil(length / 2), 'b');
      expect(heard(HEAD, text(message), text('2'))).toEqual([null, message, '2']);
    }
  });

  it('that comes with another, in parts, or with the answer to the handshake is left alone, and the next one is given', () => {
    const long = text('c'.repeat(300));
    expect(heard(HEAD, Buffer.concat([text('a'), text('b')]), text('next'))).toEqual([null, null, 'next']);
    expect(heard(Buffer.concat([HEAD, text('a')]), text('next'))).toEqual([null, 'next']);
    expect(heard(HEAD, long.subarray(0, 3), long.subarray(3), text('next'))).toEqual([
      null,
      null,
      null,
      'next',
    ]);
  });

  it('is no other frame: not binary, not a ping, not a part of a message, not one with a length in eight bytes', () => {
    const payload = Buffer.from('42["order:confirmed",{}]');
    for (const first of [BINARY, PING, CONTINUED])
      expect(heard(HEAD, frame(payload, first), text('next'))).toEqual([null, null, 'next']);
    expect(heard(HEAD, text('d'.repeat(70_000)), text('next'))).toEqual([null, null, 'next']);
  });

  it('is not what looks like one within the answer to the handshake, or within another frame', () => {
    const inner = text('42["order:confirmed",{}]');
    const outer = frame(Buffer.concat([Buffer.alloc(8), inner]), BINARY);
    const header = outer.subarray(0, outer.length - inner.length);
    expect(heard(inner, HEAD, text('next'))).toEqual([null, null, 'next']);
    expect(heard(HEAD, header, inner, text('next'))).toEqual([null, null, null, 'next']);
  });
});

it('gives no message wrongly and misses none, however the bytes are split', () => {
  const payloads = fc.array(fc.tuple(fc.constantFrom(TEXT, BINARY, PING), fc.integer({ min: 0, max: 200 })), {
    maxLength: 8,
  });
  const cuts = fc.array(fc.nat({ max: 1_500 }), { maxLength: 10 });
  fc.assert(
    fc.property(payloads, cuts, (told, cutAt) => {
      const framesSent = told.map(([first, length]) => frame(Buffer.alloc(length, 0x61), first));
      const stream = Buffer.concat([HEAD, ...framesSent, text('last')]);
      const textAt = new Map<string, string>();
      let at = HEAD.length;
      for (const sent of [...framesSent, text('last')]) {
        if (sent[0] === TEXT)
          textAt.set(`${at}-${at + sent.length}`, sent.toString('utf8', sent.length < 128 ? 2 : 4));
        at += sent.length;
      }
      const ends = [...cutAt.filter((cut) => cut < stream.length).sort((a, b) => a - b), stream.length];
      const spans = ends.map((end, index) => [ends[index - 1] ?? 0, end] as const);
      const given = heard(...spans.map(([from, to]) => stream.subarray(from, to)));
      expect(given).toEqual(spans.map(([from, to]) => textAt.get(`${from}-${to}`) ?? null));
    }),
  );
});
