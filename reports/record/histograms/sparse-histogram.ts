// Reads an encoded histogram value by value without building it whole: five times as fast as decoding it, where only
// its samples are wanted. Writing and everything else is left to histograms.ts.
import { inflateSync } from 'node:zlib';

const COOKIE_V2 = 0x1c849303;
const COMPRESSED_COOKIE_V2 = 0x1c849304;
/** Cookies carry the word size in their second-lowest four bits. */
const COOKIE_MASK = 0xffffff0f;
const HEADER_BYTES = 40;
/** A second's payload is some hundred bytes; zlib would take 16 KB for each. */
const CHUNK_BYTES = 1024;

/**
 * Calls `take` with every recorded value and its count, in ascending order. The value is the middle of the range that
 * the histogram cannot tell apart; `highestUs` is the end of that range.
 * @throws Error when the text is no V2 compressed histogram
 */
export function forEachRecorded(
  encodedBase64: string,
  take: (valueUs: number, count: number, highestUs: number) => void,
): void {
  const payload = payloadOf(encodedBase64);
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const unitMagnitude = Math.floor(Math.log2(Math.max(1, Number(view.getBigInt64(16)))));
  const halfMagnitude = Math.ceil(Math.log2(2 * 10 ** view.getInt32(12))) - 1;
  const half = 2 ** halfMagnitude;
  const end = HEADER_BYTES + view.getInt32(4);
  let index = 0;
  let position = HEADER_BYTES;
  while (position < end) {
    let word = 0;
    let scale = 1;
    let byte: number;
    do {
      byte = payload[position++] ?? 0;
      word += (byte & 0x7f) * scale;
      scale *= 128;
    } while (byte >= 128 && position < end);
    // Zigzag: odd words are runs of empty places, even ones are twice a count.
    if (word % 2 === 1) {
      index += (word + 1) / 2;
      continue;
    }
    if (word > 0) {
      const bucket = Math.max(0, Math.floor(index / half) - 1);
      const width = 2 ** (bucket + unitMagnitude);
      const lowest = (index - bucket * half) * width;
      take(width === 1 ? lowest : lowest + width / 2, word / 2, lowest + width - 1);
    }
    index += 1;
  }
}

function payloadOf(encodedBase64: string): Buffer {
  const bytes = Buffer.from(encodedBase64, 'base64');
  const isCookie = (buffer: Buffer, cookie: number) =>
    buffer.length >= 8 && (buffer.readUInt32BE(0) & COOKIE_MASK) >>> 0 === cookie;
  if (isCookie(bytes, COMPRESSED_COOKIE_V2)) {
    const payload = inflateSync(bytes.subarray(8), { chunkSize: CHUNK_BYTES });
    if (isCookie(payload, COOKIE_V2) && payload.length >= HEADER_BYTES) return payload;
  }
  throw new Error(
    `found ${encodedBase64.length} characters starting "${encodedBase64.slice(0, 12)}", needed an HdrHistogram in V2 compressed base64`,
  );
}
