import { describe, expect, it } from 'vitest';
import { readAnswerHead } from './answer-head.ts';

const head = (...lines: string[]) => readAnswerHead(['HTTP/1.1 200 OK', ...lines].join('\r\n'));

describe('the head of an answer', () => {
  it('says what frames the body however its names are written, and gives all headers in lower case', () => {
    const read = head('Content-Length: 5', 'Connection: Close', 'Keep-Alive: timeout=5', 'X-Cache:  hit ');
    expect(read?.framing).toEqual({ 'content-length': '5', connection: 'Close', 'keep-alive': 'timeout=5' });
    expect(read?.keepsAlive).toBe(false);
    expect(read?.headers).toMatchObject({ 'x-cache': 'hit', 'content-length': '5', connection: 'Close' });
  });

  it('has all values of a name that stands twice', () => {
    const read = head('transfer-encoding: gzip', 'transfer-encoding: chunked', 'a: 1', 'A: 2');
    expect(read?.framing).toEqual({ 'transfer-encoding': 'gzip, chunked' });
    expect(read?.headers.a).toEqual(['1', '2']);
  });

  it('is none with a line that is no header, or another first line', () => {
    expect(head('no colon')).toBeNull();
    expect(head(': no name')).toBeNull();
    expect(head('no colon', 'a: 1')).toBeNull();
    expect(readAnswerHead('SSH-2.0-server\r\na: 1')).toBeNull();
  });

  it('may be a first line alone', () => {
    expect(readAnswerHead('HTTP/1.0 204')).toMatchObject({ status: 204, keepsAlive: false, headers: {} });
  });
});
