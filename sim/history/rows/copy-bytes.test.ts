import { describe, expect, it } from 'vitest';
import { CopyBytes } from './copy-bytes.ts';

const HEADER = `${Buffer.from('PGCOPY\n').toString('hex')}ff0d0a00${'00'.repeat(8)}`;
const TRAILER = 'ffff';

/** The rows alone, in hex. */
function written(write: (bytes: CopyBytes) => void): string {
  const bytes = new CopyBytes();
  bytes.row(1);
  write(bytes);
  const text = Buffer.from(bytes.take()).toString('hex');
  expect(text.startsWith(`${HEADER}0001`)).toBe(true);
  expect(text.endsWith(TRAILER)).toBe(true);
  return text.slice(HEADER.length + 4, -TRAILER.length);
}

describe('CopyBytes', () => {
  it.each<[string, (bytes: CopyBytes) => void, string]>([
    ['a null', (bytes) => bytes.nothing(), 'ffffffff'],
    ['a boolean', (bytes) => bytes.boolean(true), '0000000101'],
    ['a smallint', (bytes) => bytes.smallint(1990), '0000000207c6'],
    ['an integer', (bytes) => bytes.integer(-2), '00000004fffffffe'],
    ['a bigint below 0', (bytes) => bytes.bigint(-1), '00000008ffffffffffffffff'],
    ['a bigint of more than 32 bits', (bytes) => bytes.bigint(5_000_000_000), '00000008000000012a05f200'],
    ['the first instant', (bytes) => bytes.timestamp(Date.UTC(2000, 0, 1)), `00000008${'00'.repeat(8)}`],
    [
      'an instant before it, in microseconds',
      (bytes) => bytes.timestamp(Date.UTC(2000, 0, 1) - 1),
      '00000008fffffffffffffc18',
    ],
    [
      'a UUID',
      (bytes) => bytes.uuid([0x01020304, 0x05060708, -1, 0x0d0e0f10]),
      '000000100102030405060708ffffffff0d0e0f10',
    ],
    ['bytes', (bytes) => bytes.bytea(Uint8Array.of(0xff, 0)), '00000002ff00'],
    ['ASCII', (bytes) => bytes.text('card'), '0000000463617264'],
    ['Korean', (bytes) => bytes.text('a세'), '0000000461ec84b8'],
    [
      'an array of text',
      (bytes) => bytes.texts(['a', '세']),
      '000000200000000100000000000000190000000200000001000000016100000003ec84b8',
    ],
  ])('writes %s as PostgreSQL reads it', (_, write, expected) => {
    expect(written(write)).toBe(expected);
  });

  it('grows, and keeps what was written before', () => {
    const bytes = new CopyBytes();
    for (let i = 0; i < 20_000; i += 1) {
      bytes.row(2);
      bytes.integer(i);
      bytes.text('가'.repeat(i % 50));
    }
    expect(bytes.rowCount).toBe(20_000);
    const taken = Buffer.from(bytes.take());
    let at = HEADER.length / 2;
    for (let i = 0; i < 20_000; i += 1) {
      expect(taken.readInt32BE(at + 6)).toBe(i);
      at += 10 + 4 + taken.readInt32BE(at + 10);
    }
    expect(taken.subarray(at).toString('hex')).toBe(TRAILER);
  });

  it('gives rows away once, and no bytes without rows', () => {
    const bytes = new CopyBytes();
    bytes.row(1);
    bytes.integer(7);
    const first = Buffer.from(bytes.take()).toString('hex');
    expect(bytes.take()).toHaveLength(0);
    bytes.row(1);
    bytes.integer(8);
    expect(Buffer.from(bytes.take()).toString('hex')).toBe(first.replace('00000007ffff', '00000008ffff'));
    expect(first.slice(HEADER.length)).toBe('00010000000400000007ffff');
  });

  it('goes on when the bytes it gave were taken away to another thread', () => {
    const bytes = new CopyBytes();
    const write = () => {
      bytes.row(1);
      bytes.integer(7);
      return structuredClone(bytes.take());
    };
    const first = write();
    bytes.row(1);
    const given = bytes.take();
    structuredClone(given, { transfer: [given.buffer] });
    expect(write()).toEqual(first);
  });
});
