import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AnswerParser, type Progress } from './answer-parser.ts';

const encode = (text: string) => Buffer.from(text, 'utf8');

/** Feeds the pieces one after the other through one buffer that is written over each time, as a connection does. */
function feed(parser: AnswerParser, pieces: readonly Buffer[]): Progress {
  const shared = Buffer.alloc(Math.max(1, ...pieces.map(({ length }) => length)));
  let progress: Progress = 'more';
  for (const piece of pieces) {
    piece.copy(shared);
    progress = parser.take(shared, piece.length);
    shared.fill(0);
    if (progress !== 'more') break;
  }
  return progress;
}

function read(...texts: string[]) {
  const parser = new AnswerParser();
  const progress = feed(parser, texts.map(encode));
  const { status, headers, keepsAlive } = parser;
  return { progress, status, headers, keepsAlive, body: Buffer.concat(parser.body).toString('utf8') };
}

const PRODUCT =
  'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\ncontent-length: 15\r\n\r\n{"name":"가위"}'.replace(
    'content-length: 15',
    `content-length: ${Buffer.byteLength('{"name":"가위"}')}`,
  );
const CHUNKED =
  'HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\nx-cache: hit\r\n\r\n5\r\n{"id"\r\nA;note=1\r\n:"a","b":1\r\n1\r\n}\r\n0\r\nx-after: 1\r\n\r\n';

describe('an answer', () => {
  it('has a status, headers by name in lower case, and a body of the length that was told', () => {
    expect(read(PRODUCT)).toEqual({
      progress: 'complete',
      status: 200,
      headers: { 'content-type': 'application/json', 'content-length': '17' },
      keepsAlive: true,
      body: '{"name":"가위"}',
    });
  });

  it('has its body in chunks', () => {
    expect(read(CHUNKED)).toMatchObject({
      progress: 'complete',
      status: 201,
      headers: { 'x-cache': 'hit' },
      body: '{"id":"a","b":1}',
    });
  });

  it('is the same however its bytes are split', () => {
    for (const text of [PRODUCT, CHUNKED, `HTTP/1.1 103 Early Hints\r\nlink: a\r\n\r\n${PRODUCT}`]) {
      const bytes = encode(text);
      const whole = read(text);
      fc.assert(
        fc.property(fc.array(fc.nat({ max: bytes.length }), { maxLength: 12 }), (cuts) => {
          const ends = [...cuts.sort((a, b) => a - b), bytes.length];
          const pieces = ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
          const parser = new AnswerParser();
          expect(feed(parser, pieces)).toBe('complete');
          expect(parser.status).toBe(whole.status);
          expect(parser.headers).toEqual(whole.headers);
          expect(Buffer.concat(parser.body).toString('utf8')).toBe(whole.body);
        }),
      );
    }
  });

  it.each([
    ['without a body', 'HTTP/1.1 204 No Content\r\n\r\n'],
    ['with an empty one', 'HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n'],
    ['without words for its status', 'HTTP/1.1 304\r\nx: y\r\n\r\n'],
  ])('may be %s', (_, text) => {
    expect(read(text)).toMatchObject({ progress: 'complete', keepsAlive: true, body: '' });
  });

  it('may end with the connection, which then takes no other', () => {
    const parser = new AnswerParser();
    expect(feed(parser, ['HTTP/1.1 200 OK\r\n\r\n{"a"', ':1}'].map(encode))).toBe('more');
    expect(parser.close()).toBe('complete');
    expect(parser.keepsAlive).toBe(false);
    expect(Buffer.concat(parser.body).toString()).toBe('{"a":1}');
  });

  it.each([
    ['HTTP/1.1 200 OK\r\nConnection: Close\r\ncontent-length: 0\r\n\r\n', false],
    ['HTTP/1.0 200 OK\r\ncontent-length: 0\r\n\r\n', false],
    ['HTTP/1.0 200 OK\r\nConnection: keep-alive\r\ncontent-length: 0\r\n\r\n', true],
  ])('says whether another may follow: %j', (text, keepsAlive) => {
    expect(read(text)).toMatchObject({ progress: 'complete', keepsAlive });
  });

  it('keeps all values of a name that stands twice', () => {
    const { headers } = read('HTTP/1.1 204 No Content\r\nset-cookie: a\r\nSet-Cookie: b\r\n\r\n');
    expect(headers['set-cookie']).toEqual(['a', 'b']);
  });

  it('follows another on the same connection', () => {
    const parser = new AnswerParser();
    expect(feed(parser, [encode(CHUNKED)])).toBe('complete');
    parser.next();
    expect(feed(parser, [encode(PRODUCT)])).toBe('complete');
    expect(Buffer.concat(parser.body).toString()).toBe('{"name":"가위"}');
  });
});

describe('what is no answer', () => {
  it.each([
    ['another protocol', 'SSH-2.0-OpenSSH\r\n\r\n'],
    ['another version', 'HTTP/2 200\r\n\r\n'],
    ['a line that is no header', 'HTTP/1.1 200 OK\r\nhello\r\n\r\n'],
    ['a length that is none', 'HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab'],
    ['a coding that was not asked for', 'HTTP/1.1 200 OK\r\ntransfer-encoding: gzip\r\n\r\n'],
    ['a chunk without a size', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n'],
    ['a chunk longer than its size', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\nab\r\n'],
    ['another protocol to go on with', 'HTTP/1.1 101 Switching Protocols\r\n\r\n'],
    ['a head without an end', `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(70_000)}`],
    ['more than was asked for', 'HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n'],
  ])('is refused: %s', (_, text) => {
    expect(read(text).progress).toBe('broken');
  });

  it('is one that the end of the connection cuts off', () => {
    for (const text of ['', 'HTTP/1.1 2', PRODUCT.slice(0, -1), CHUNKED.slice(0, -1)]) {
      const parser = new AnswerParser();
      feed(parser, [encode(text)]);
      expect(parser.close(), text).toBe('broken');
    }
  });
});
