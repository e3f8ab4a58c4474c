// Reads amounts as people write them: 49000, 1,250,000, ₩49,000, 49,000원, 49000.00, 12.345,00.
//
// Won have no fractions, so a single comma or point before exactly three digits groups thousands: 12,345 and 12.345 are the
// same. Before any other number of digits it is a decimal mark, and only zeros may follow. A file that shows elsewhere in the
// same column that the mark is a decimal one makes such a cell ambiguous.

export type DecimalMark = ',' | '.';

/** `ambiguousMark`: taken as grouping thousands because three digits follow. `decimalMark`: certainly used as one. */
export type Amount =
  | { kind: 'amount'; value: number; decimalMark: DecimalMark | null; ambiguousMark: DecimalMark | null }
  | { kind: 'no amount' };

const NO_AMOUNT: Amount = { kind: 'no amount' };
const LONGEST = 40;
const CURRENCY = /^(?:₩|KRW)\s*|\s*(?:원|KRW|₩)$/gi;

/** A whole number with or without grouped thousands and a fraction of zeros; never negative, never scientific. */
export function readAmount(text: string): Amount {
  if (text.length > LONGEST) return NO_AMOUNT;
  if (/^\d+$/.test(text)) return amount(text, null, null);
  const plain = text.normalize('NFKC').trim();
  if (/^\d+$/.test(plain)) return amount(plain, null, null);
  const grouped = /^[1-9]\d{0,2}(?:([,.'’ ])\d{3})(?:\1\d{3})*(?:([.,])(\d+))?$/.exec(plain);
  if (grouped !== null && grouped[1] !== grouped[2]) {
    const [, group = '', mark, fraction] = grouped;
    if (fraction !== undefined && !/^0+$/.test(fraction)) return NO_AMOUNT;
    const isAmbiguous = mark === undefined && plain.split(group).length === 2;
    const digits = (mark === undefined ? plain : plain.slice(0, plain.lastIndexOf(mark))).replace(/\D/g, '');
    return amount(digits, decimal(mark), isAmbiguous ? decimal(group) : null);
  }
  const [, whole = '', mark, fraction = ''] = /^(\d+)([.,])(\d+)$/.exec(plain) ?? [];
  return mark !== undefined && /^0+$/.test(fraction) ? amount(whole, decimal(mark), null) : NO_AMOUNT;
}

/** The same with a sign of won before or after it. */
export function readWon(text: string): Amount {
  if (text.length > LONGEST) return NO_AMOUNT;
  if (/^\d+$/.test(text)) return amount(text, null, null);
  return readAmount(text.normalize('NFKC').trim().replace(CURRENCY, ''));
}

function amount(digits: string, decimalMark: DecimalMark | null, ambiguousMark: DecimalMark | null): Amount {
  return { kind: 'amount', value: Number(digits), decimalMark, ambiguousMark };
}

function decimal(mark: string | undefined): DecimalMark | null {
  return mark === ',' || mark === '.' ? mark : null;
}
