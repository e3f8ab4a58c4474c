// Rows of one table in PostgreSQL's binary format of COPY (manual, "COPY", "Binary Format"), written value by value into
// one growing buffer: no text is made here and none is read by the server, which is the quicker for both.

const SIGNATURE = Uint8Array.from([0x50, 0x47, 0x43, 0x4f, 0x50, 0x59, 0x0a, 0xff, 0x0d, 0x0a, 0x00]);
/** Signature, flags and the length of a header extension, both 0. */
const HEADER_BYTES = SIGNATURE.length + 8;
const TRAILER_BYTES = 2;
const FIRST_BYTES = 64 * 1_024;
/** Values of fixed length take at most this, their length included. */
const LONGEST_VALUE_BYTES = 20;
/** Timestamps count microseconds from 2000-01-01. */
const EPOCH_MS = Date.UTC(2000, 0, 1);
const TWO_TO_32 = 4_294_967_296;
const TEXT_OID = 25;
/** UTF-8 needs at most so many bytes for a UTF-16 unit. */
const BYTES_A_UNIT = 3;

/** Each row begins with `row`, then its values in the order of the COPY's columns, each by the method of its type. */
export class CopyBytes {
  rowCount = 0;
  #bytes = Buffer.allocUnsafeSlow(FIRST_BYTES);
  #view = viewOf(this.#bytes);
  #at = HEADER_BYTES;

  row(columnCount: number): void {
    if (this.#bytes.length === 0) this.#begin();
    this.#reserve(LONGEST_VALUE_BYTES);
    this.#view.setInt16(this.#at, columnCount);
    this.#at += 2;
    this.rowCount += 1;
  }

  nothing(): void {
    this.#length(-1);
  }

  boolean(value: boolean): void {
    this.#length(1);
    this.#view.setInt8(this.#at, value ? 1 : 0);
    this.#at += 1;
  }

  smallint(value: number): void {
    this.#length(2);
    this.#view.setInt16(this.#at, value);
    this.#at += 2;
  }

  integer(value: number): void {
    this.#length(4);
    this.#view.setInt32(this.#at, value);
    this.#at += 4;
  }

  /** A whole number that a double holds exactly. */
  bigint(value: number): void {
    this.#length(8);
    const high = Math.floor(value / TWO_TO_32);
    this.#view.setInt32(this.#at, high);
    this.#view.setInt32(this.#at + 4, value - high * TWO_TO_32);
    this.#at += 8;
  }

  /** An instant in Unix ms. */
  timestamp(unixMs: number): void {
    this.bigint((Math.floor(unixMs) - EPOCH_MS) * 1_000);
  }

  /** Four signed 32-bit numbers, the highest first. */
  uuid(words: readonly [number, number, number, number]): void {
    this.#length(16);
    const at = this.#at;
    this.#view.setInt32(at, words[0]);
    this.#view.setInt32(at + 4, words[1]);
    this.#view.setInt32(at + 8, words[2]);
    this.#view.setInt32(at + 12, words[3]);
    this.#at = at + 16;
  }

  bytea(value: Uint8Array): void {
    this.#reserve(LONGEST_VALUE_BYTES + value.length);
    this.#length(value.length);
    this.#bytes.set(value, this.#at);
    this.#at += value.length;
  }

  text(value: string): void {
    this.#reserve(LONGEST_VALUE_BYTES + BYTES_A_UNIT * value.length);
    const at = this.#at + 4;
    const length = this.#asciiLength(value, at) ?? this.#bytes.write(value, at);
    this.#view.setInt32(at - 4, length);
    this.#at = at + length;
  }

  /** A one-dimensional array of text without nulls. */
  texts(values: readonly string[]): void {
    this.#length(0);
    const start = this.#at;
    for (const word of values.length === 0 ? [0, 0, TEXT_OID] : [1, 0, TEXT_OID, values.length, 1]) {
      this.#reserve(LONGEST_VALUE_BYTES);
      this.#view.setInt32(this.#at, word);
      this.#at += 4;
    }
    for (const value of values) this.text(value);
    this.#view.setInt32(start - 4, this.#at - start);
  }

  /**
   * All rows since the last call with header and trailer, no bytes when there were none. They hold until the next row is
   * written, for longer only where their buffer is transferred away: fresh memory for each call would keep the garbage
   * collector busy.
   */
  take(): Uint8Array<ArrayBuffer> {
    if (this.rowCount === 0) return new Uint8Array(0);
    this.#reserve(TRAILER_BYTES);
    this.#view.setInt16(this.#at, -1);
    const taken = this.#bytes.subarray(0, this.#at + TRAILER_BYTES);
    taken.fill(0, 0, HEADER_BYTES).set(SIGNATURE);
    this.#at = HEADER_BYTES;
    this.rowCount = 0;
    return taken;
  }

  /** Whoever was given the last rows has taken their buffer away. */
  #begin(): void {
    this.#bytes = Buffer.allocUnsafeSlow(FIRST_BYTES);
    this.#view = viewOf(this.#bytes);
  }

  #length(byteCount: number): void {
    this.#reserve(LONGEST_VALUE_BYTES);
    this.#view.setInt32(this.#at, byteCount);
    this.#at += 4;
  }

  /** Writes text of ASCII characters and gives its length; null when it has others. Quicker than a call into UTF-8. */
  #asciiLength(value: string, at: number): number | null {
    const bytes = this.#bytes;
    for (let i = 0; i < value.length; i += 1) {
      const code = value.charCodeAt(i);
      if (code > 0x7f) return null;
      bytes[at + i] = code;
    }
    return value.length;
  }

  #reserve(byteCount: number): void {
    if (this.#at + byteCount <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.#bytes.length, this.#at + byteCount));
    larger.set(this.#bytes.subarray(0, this.#at));
    this.#bytes = larger;
    this.#view = viewOf(larger);
  }
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
