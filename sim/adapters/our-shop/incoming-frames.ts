// Follows the frames that a server sends over a websocket's connection (RFC 6455), and gives those messages that come alone: one
// whole text frame in what is read at once, as the outcome of an order does. It changes nothing of the bytes.

/** The end of the answer to the handshake, after which the frames begin. */
const END_OF_HEAD = [13, 10, 13, 10] as const;
const TEXT_FRAME = 0x81;
const LENGTH_BITS = 0x7f;
const MASK_BIT = 0x80;
/** What the seven bits say where the length follows in two bytes, and in eight. */
const TWO_BYTES = 126;
const EIGHT_BYTES = 127;
const LONGEST_HEADER = 14;

/** A class, because each message of each socket goes through one. */
export class IncomingFrames {
  private headMatched = 0;
  private readonly header = Buffer.alloc(LONGEST_HEADER);
  private headerLength = 0;
  /** What is still to come of the present frame's payload. */
  private leftLength = 0;

  /** Follows the first `length` of `bytes`; the text where they are one whole text frame and nothing else, otherwise null. */
  take(bytes: Buffer, length: number): string | null {
    if (this.isBetweenFrames()) {
      const start = textStart(bytes, length);
      if (start !== null) return bytes.toString('utf8', start, length);
    }
    this.follow(bytes, length);
    return null;
  }

  private isBetweenFrames(): boolean {
    return this.headMatched === END_OF_HEAD.length && this.headerLength === 0 && this.leftLength === 0;
  }

  private follow(bytes: Buffer, length: number): void {
    let at = 0;
    for (; at < length && this.headMatched < END_OF_HEAD.length; at += 1) {
      if (bytes[at] === END_OF_HEAD[this.headMatched]) this.headMatched += 1;
      else this.headMatched = bytes[at] === END_OF_HEAD[0] ? 1 : 0;
    }
    while (at < length) {
      const passed = Math.min(this.leftLength, length - at);
      this.leftLength -= passed;
      at += passed;
      if (at < length) this.takeHeaderByte(bytes[at++] ?? 0);
    }
  }

  private takeHeaderByte(byte: number): void {
    const { header } = this;
    header[this.headerLength++] = byte;
    if (this.headerLength < 2) return;
    const second = header[1] ?? 0;
    const told = second & LENGTH_BITS;
    const lengthBytes = told === TWO_BYTES ? 2 : told === EIGHT_BYTES ? 8 : 0;
    if (this.headerLength < 2 + lengthBytes + ((second & MASK_BIT) === 0 ? 0 : 4)) return;
    this.leftLength =
      lengthBytes === 0 ? told : header.readUIntBE(lengthBytes === 2 ? 2 : 4, lengthBytes === 2 ? 2 : 6);
    this.headerLength = 0;
  }
}

/** Where the text of these bytes begins; null where they are not one whole unmasked text frame of at most 65,535 bytes. */
function textStart(bytes: Buffer, length: number): number | null {
  if (length < 2 || bytes[0] !== TEXT_FRAME) return null;
  const told = bytes[1] ?? 0;
  if (told < TWO_BYTES) return told + 2 === length ? 2 : null;
  return told === TWO_BYTES && length >= 4 && bytes.readUInt16BE(2) + 4 === length ? 4 : null;
}
