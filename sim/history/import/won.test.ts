import { describe, expect, it } from 'vitest';
import { readAmount, readWon } from './won.ts';

const value = (text: string): number | null => {
  const found = readWon(text);
  return found.kind === 'amount' ? found.value : null;
};

describe('an amount in won', () => {
  it.each([
    ['49000', 49_000],
    ['1,250,000', 1_250_000],
    ['1.250.000', 1_250_000],
    ['1 250 000', 1_250_000],
    ['1\u00A0250\u202F000', 1_250_000],
    ['12\u00A0345', 12_345],
    ["1'250'000", 1_250_000],
    ['₩890,000', 890_000],
    ['￦ 890,000', 890_000],
    ['49,000원', 49_000],
    ['49,000 원', 49_000],
    ['KRW 49000', 49_000],
    ['４９，０００', 49_000],
    ['49000.00', 49_000],
    ['49000,00', 49_000],
    ['12.345,00', 12_345],
    ['12,345.00', 12_345],
    ['12,345', 12_345],
    ['12.345', 12_345],
    ['1250.000', 1_250],
  ])('is read from %s', (text, wanted) => {
    expect(value(text)).toBe(wanted);
  });

  it.each([
    '',
    '-49000',
    '+49000',
    '1.25E+06',
    '5e4',
    'NaN',
    'Infinity',
    '0x10',
    '49000.50',
    '12.345,50',
    '1,25,000',
    '12,34',
    '1,250.000.000',
    '1,250 000',
    '$49',
    '€49,00',
    '49,000-59,000',
    '4만9천원',
    '₩',
    '1'.repeat(41),
  ])('is not read from %s', (text) => {
    expect(value(text)).toBeNull();
  });

  it('tells which mark could be read otherwise, and which is certainly a decimal one', () => {
    expect(readAmount('12.345')).toMatchObject({ ambiguousMark: '.', decimalMark: null });
    expect(readAmount('12.345,00')).toMatchObject({ ambiguousMark: null, decimalMark: ',' });
    expect(readAmount('1.250.000')).toMatchObject({ ambiguousMark: null, decimalMark: null });
  });
});
