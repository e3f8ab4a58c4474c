import { expect, it } from 'vitest';
import { createCp949Counter, createCp949Decoder } from './cp949.ts';

/** From Microsoft's code page 949: common syllables, syllables that only it has, a hanja, the euro. */
const KNOWN = [
  ['b0a1', '가'],
  ['c8fe', '힝'],
  ['8141', '갂'],
  ['94ee', '뷁'],
  ['c652', '힣'],
  ['a0fe', '좤'],
  ['cad2', '杆'],
  ['a2e6', '€'],
] as const;

it.each(KNOWN)('reads %s as %s', (hex, character) => {
  const decode = createCp949Decoder();
  expect(decode(Buffer.from(hex, 'hex')) + decode()).toBe(character);
});

it('reads a character whose bytes come in two pieces', () => {
  const decode = createCp949Decoder();
  const bytes = Buffer.from('4194ee42', 'hex');
  expect([...bytes].map((byte) => decode(Uint8Array.of(byte))).join('') + decode()).toBe('A뷁B');
});

it('marks what is no character and keeps the separator after it', () => {
  const decode = createCp949Decoder();
  expect(decode(Buffer.from('ff2cb02cb0', 'hex')) + decode()).toBe('\uFFFD,\uFFFD,\uFFFD');
});

it('counts how much is Korean', () => {
  const counter = createCp949Counter();
  for (const [hex] of KNOWN) counter.add(Buffer.from(hex, 'hex'));
  expect(counter.share()).toEqual({ pairCount: 8, commonSyllableCount: 2, brokenCount: 0 });
});
