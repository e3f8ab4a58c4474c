// Reads a file of text piece by piece, in the encoding that it is in: the one asked for, that of its byte order mark, or the one
// that its bytes fit.
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { createCp949Counter, createCp949Decoder, type PieceDecoder } from './cp949.ts';
import { ImportFileError } from './import-file-error.ts';

const HEAD_BYTES = 64 * 1_024;
const CP949_NAMES = ['cp949', 'ms949', 'uhc', 'windows-949', 'euc-kr', 'euckr', 'ks_c_5601-1987', 'ksc5601'];
/** Text without a byte order mark in which so many of every second byte are zero is UTF-16. */
const UTF16_ZERO_RATIO = 0.2;
/** Of the two-byte characters of Korean text, at least so many are among the syllables of KS X 1001. */
const KOREAN_RATIO = 0.6;

export type TextFile = {
  /** The encoding as people call it. */
  encoding: string;
  /** Why this one. */
  reason: 'asked for' | 'byte order mark' | 'detected' | 'default';
  /** The beginning of the text, without a byte order mark. */
  head: string;
  /** The whole text, from the beginning each time; bytes that are none of the encoding become U+FFFD. */
  pieces(): AsyncGenerator<string>;
};

/**
 * Opens a file; `encodingName` as TextDecoder knows it, or a name of CP949.
 * @throws ImportFileError when it cannot be read or the encoding is unknown
 */
export async function openTextFile(file: string, encodingName?: string): Promise<TextFile> {
  const asked = encodingName === undefined ? null : named(encodingName);
  try {
    if (!(await stat(file)).isFile()) {
      throw new ImportFileError(`${file}: found something that is no file; needed is one, it is read twice.`);
    }
    const bytes = await firstBytes(file);
    const marked = byMark(bytes);
    const found = marked ?? asked ?? byZeros(bytes) ?? (await byContent(file));
    const { encoding, reason } = found;
    const decode = decoderOf(encoding);
    return {
      encoding,
      reason,
      head: decode(bytes),
      pieces: () => decoded(file, decoderOf(encoding)),
    };
  } catch (cause) {
    if (cause instanceof ImportFileError) throw cause;
    throw new ImportFileError(
      `${file} cannot be read (${(cause as Error).message}); needed is a file of text.`,
      { cause },
    );
  }
}

type Found = Pick<TextFile, 'encoding' | 'reason'>;

function named(name: string): Found {
  const plain = name.trim().toLowerCase();
  if (CP949_NAMES.includes(plain)) return { encoding: 'CP949', reason: 'asked for' };
  try {
    return { encoding: new TextDecoder(plain).encoding.toUpperCase(), reason: 'asked for' };
  } catch (cause) {
    throw new ImportFileError(
      `--encoding is ${name}; needed is one like utf-8, cp949, utf-16le or windows-1252.`,
      { cause },
    );
  }
}

function decoderOf(encoding: string): PieceDecoder {
  if (encoding === 'CP949') return createCp949Decoder();
  const decoder = new TextDecoder(encoding);
  return (bytes) => (bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true }));
}

async function* decoded(file: string, decode: PieceDecoder): AsyncGenerator<string> {
  for await (const bytes of createReadStream(file)) {
    const text = decode(bytes as Buffer);
    if (text !== '') yield text;
  }
  const last = decode();
  if (last !== '') yield last;
}

async function firstBytes(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function byMark(bytes: Buffer): Found | null {
  const marks = { 'UTF-8': 'efbbbf', 'UTF-16LE': 'fffe', 'UTF-16BE': 'feff' };
  const start = bytes.subarray(0, 3).toString('hex');
  const encoding = Object.entries(marks).find(([, mark]) => start.startsWith(mark))?.[0];
  return encoding === undefined ? null : { encoding, reason: 'byte order mark' };
}

function byZeros(bytes: Buffer): Found | null {
  const zeros = [0, 0];
  for (const [index, byte] of bytes.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros.map((count) => count / Math.max(1, bytes.length / 2));
  if (Math.max(even, odd) < UTF16_ZERO_RATIO || Math.min(even, odd) > UTF16_ZERO_RATIO / 4) return null;
  return { encoding: odd > even ? 'UTF-16LE' : 'UTF-16BE', reason: 'detected' };
}

/** UTF-8 where every byte fits, CP949 where the bytes are Korean text in it; else UTF-8, whose broken rows are then told. */
async function byContent(file: string): Promise<Found> {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const bytes of createReadStream(file)) utf8.decode(bytes as Buffer, { stream: true });
    utf8.decode();
    return { encoding: 'UTF-8', reason: 'default' };
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
  }
  const counter = createCp949Counter();
  for await (const bytes of createReadStream(file)) counter.add(bytes as Buffer);
  const { pairCount, commonSyllableCount, brokenCount } = counter.share();
  const isKorean = brokenCount === 0 && commonSyllableCount >= pairCount * KOREAN_RATIO;
  return isKorean ? { encoding: 'CP949', reason: 'detected' } : { encoding: 'UTF-8', reason: 'default' };
}
