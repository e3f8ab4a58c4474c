// Reads answers of HTTP/1.1 from the bytes of one connection, one after the other, however they are split. Pure: it sends nothing.
// It knows what a shop answers with: lengths, chunks, and bodies that end with the connection; no upgrades.
import { AnswerHead, type AnswerHeaders, readAnswerHead } from './answer-head.ts';

/** What the bytes given so far make of the answer; `broken`: they are no answer, and nothing more can be read after them. */
export type Progress = 'more' | 'complete' | 'broken';

type State =
  | 'head'
  | 'length'
  | 'chunk-size'
  | 'chunk'
  | 'chunk-end'
  | 'trailer'
  | 'until-close'
  | 'complete';

/** Of a head, and of a line within a body; no server sends as much. */
const MAX_TEXT_LENGTH = 65_536;
/** Decoded at a time: a head is shorter, and what follows it is not looked at before somebody wants the body. */
const HEAD_SLICE_LENGTH = 1_024;
const NO_HEAD = new AnswerHead(0, '1', {}, '');
const LENGTH = /^\d{1,15}$/;
const CHUNK_SIZE = /^[0-9a-f]{1,12}$/i;

/** A class, as the exchange that it reads for: one for each connection, used again and again. */
export class AnswerParser {
  private state: State = 'head';
  private text = '';
  private leftLength = 0;
  private chunks: Buffer[] = [];
  private isLast = false;
  /** Of the answer read last, and not written over by the next. */
  head = NO_HEAD;

  get status(): number {
    return this.head.status;
  }

  /** By name in lower case. */
  get headers(): AnswerHeaders {
    return this.head.headers;
  }

  /** Whether another answer may follow on this connection. */
  get keepsAlive(): boolean {
    return this.head.keepsAlive && !this.isLast;
  }

  /** The parts of the body; they are the caller's. */
  get body(): Buffer[] {
    return this.chunks;
  }

  /** Makes ready for the next answer. */
  next(): void {
    this.state = 'head';
    this.text = '';
    this.chunks = [];
  }

  /** Takes what has come; it keeps nothing of `bytes` itself, which may be written over afterwards. */
  take(bytes: Buffer, length: number): Progress {
    let at = 0;
    while (at < length) {
      const taken = this.step(bytes, at, length);
      if (taken === null) return 'broken';
      at += taken;
    }
    return this.state === 'complete' ? 'complete' : 'more';
  }

  /** The connection was closed by the other side: the end of a body that has no other. */
  close(): Progress {
    return this.state === 'until-close' ? 'complete' : 'broken';
  }

  /** How many bytes it took; null where they are at fault. */
  private step(bytes: Buffer, from: number, to: number): number | null {
    switch (this.state) {
      case 'head':
        return this.takeHead(bytes, from, to);
      case 'length':
        return this.takeBody(bytes, from, to, 'complete');
      case 'chunk':
        return this.takeBody(bytes, from, to, 'chunk-end');
      case 'until-close':
        this.keep(bytes, from, to);
        return to - from;
      case 'chunk-size':
        return this.takeLine(bytes, from, to, (line) => this.beginChunk(line));
      case 'chunk-end':
        return this.takeLine(bytes, from, to, (line) => this.go(line === '', 'chunk-size'));
      case 'trailer':
        return this.takeLine(bytes, from, to, (line) => this.go(true, line === '' ? 'complete' : 'trailer'));
      case 'complete':
        // Nobody asked for what comes after it.
        return null;
    }
  }

  private go(isRight: boolean, state: State): boolean {
    this.state = state;
    return isRight;
  }

  private takeHead(bytes: Buffer, from: number, to: number): number | null {
    const before = this.text.length;
    const end = Math.min(to, from + HEAD_SLICE_LENGTH);
    const text = this.text + bytes.toString('latin1', from, end);
    const length = text.indexOf('\r\n\r\n', Math.max(0, before - 3));
    if (length < 0) {
      this.text = text;
      return text.length > MAX_TEXT_LENGTH ? null : end - from;
    }
    this.text = '';
    return this.readHead(text.slice(0, length)) ? length + 4 - before : null;
  }

  private readHead(text: string): boolean {
    const head = readAnswerHead(text);
    if (head === null) return false;
    // What a server says meanwhile, such as 103; the answer itself follows.
    if (head.status < 200) return head.status !== 101;
    this.head = head;
    this.isLast = false;
    return this.beginBody(head);
  }

  private beginBody({ status, framing }: AnswerHead): boolean {
    if (status === 204 || status === 304) return this.go(true, 'complete');
    const coding = framing['transfer-encoding'];
    if (coding !== undefined) return this.go(coding.toLowerCase() === 'chunked', 'chunk-size');
    const length = framing['content-length'];
    if (length === undefined) {
      this.isLast = true;
      return this.go(true, 'until-close');
    }
    this.leftLength = Number(length);
    return this.go(LENGTH.test(length), this.leftLength === 0 ? 'complete' : 'length');
  }

  private beginChunk(line: string): boolean {
    const size = line.split(';', 1)[0]?.trim() ?? '';
    this.leftLength = Number.parseInt(size, 16);
    return this.go(CHUNK_SIZE.test(size), this.leftLength === 0 ? 'trailer' : 'chunk');
  }

  private takeBody(bytes: Buffer, from: number, to: number, after: State): number {
    const length = Math.min(this.leftLength, to - from);
    this.keep(bytes, from, from + length);
    this.leftLength -= length;
    if (this.leftLength === 0) this.state = after;
    return length;
  }

  private keep(bytes: Buffer, from: number, to: number): void {
    this.chunks.push(Buffer.from(bytes.subarray(from, to)));
  }

  private takeLine(bytes: Buffer, from: number, to: number, read: (line: string) => boolean): number | null {
    const before = this.text.length;
    const text = this.text + bytes.toString('latin1', from, to);
    const length = text.indexOf('\r\n', Math.max(0, before - 1));
    if (length < 0) {
      this.text = text;
      return text.length > MAX_TEXT_LENGTH ? null : to - from;
    }
    this.text = '';
    return read(text.slice(0, length)) ? length + 2 - before : null;
  }
}
