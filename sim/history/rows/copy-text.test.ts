import { describe, expect, it } from 'vitest';
import { copyLine } from './copy-text.ts';

describe('copyLine', () => {
  it('writes numbers, booleans, instants and null as COPY reads them', () => {
    const date = new Date('2026-11-20T11:00:00Z');
    expect(copyLine([1, true, false, date, null])).toBe('1\tt\tf\t2026-11-20T11:00:00.000Z\t\\N\n');
  });

  it('escapes what would end a column or a row', () => {
    expect(copyLine(['a\tb\nc\rd\\N'])).toBe('a\\tb\\nc\\rd\\\\N\n');
  });

  it('writes arrays as literals, quoted, and bytes in hex', () => {
    expect(copyLine([['세제', 'a "b" \\c'], Buffer.from('ff00', 'hex')])).toBe(
      '{"세제","a \\\\"b\\\\" \\\\\\\\c"}\t\\\\xff00\n',
    );
  });

  it('refuses a NUL, which PostgreSQL cannot hold', () => {
    expect(() => copyLine(['a\0b'])).toThrow('NUL');
  });
});
