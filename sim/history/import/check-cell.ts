// Judges a single cell: a text or a whole number within its range, or what is wrong with it, with its column.
import { type Cell, trimBlank } from './product-row.ts';
import type { Amount, DecimalMark } from './won.ts';

const SHOWN = 60;

/** How the columns of a file use commas and points in amounts, gathered row by row. */
export type MarkEvidence = {
  /** `column mark` → first line in which the mark is certainly a decimal one. */
  decimalLines: Map<string, number>;
  /** `column mark` that grouped thousands in a cell that could be read otherwise. */
  ambiguous: Set<string>;
};

/** The text of a cell, without blanks around it; what is wrong with it is added to the reasons. */
export function textOf(
  { column, value }: Cell,
  longest: number,
  isNeeded: boolean,
  reasons: string[],
): string {
  const found = value ?? '';
  if (typeof found !== 'string' || found.includes('\0') || !found.isWellFormed()) {
    reasons.push(`${column} is ${shown(found)}; needed is text`);
    return '';
  }
  // What stands for bytes that are none of the encoding.
  if (found.includes('\uFFFD')) {
    reasons.push(`${column} is ${shown(found)}; needed is text in the file's encoding (--encoding names it)`);
  }
  const text = trimBlank(found);
  if (isNeeded && text === '') reasons.push(`${column} is empty; needed is text`);
  if (text.length > longest) {
    reasons.push(`${column} has ${text.length} characters; needed are at most ${longest}`);
  }
  return text;
}

/** What is known while the amounts of a row are read. */
export type Amounts = { line: number; evidence: MarkEvidence; reasons: string[] };

/** The whole number of a cell, or the least that it may be where something is wrong with it, which is added to the reasons. */
export function wholeOf(
  { column, value }: Cell,
  read: (text: string) => Amount,
  { least, most, otherwise }: { least: number; most: number; otherwise: number | null },
  { line, evidence, reasons }: Amounts,
): number {
  if (value === undefined && otherwise !== null) return otherwise;
  const found: Amount =
    typeof value === 'number'
      ? { kind: 'amount', value, decimalMark: null, ambiguousMark: null }
      : read(typeof value === 'string' ? value : '');
  if (
    found.kind === 'no amount' ||
    !Number.isInteger(found.value) ||
    found.value < least ||
    found.value > most
  ) {
    reasons.push(`${column} is ${shown(value ?? '')}; needed is a whole number from ${least} to ${most}`);
    return least;
  }
  const name = (mark: DecimalMark): string => `${column} ${mark}`;
  const { decimalMark, ambiguousMark } = found;
  if (decimalMark !== null && !evidence.decimalLines.has(name(decimalMark))) {
    evidence.decimalLines.set(name(decimalMark), line);
  }
  if (ambiguousMark === null) return found.value;
  evidence.ambiguous.add(name(ambiguousMark));
  const decimalLine = evidence.decimalLines.get(name(ambiguousMark));
  if (decimalLine !== undefined) {
    reasons.push(
      `${column} is ${shown(value)}, which is ${found.value} or a fraction (line ${decimalLine} has "${ambiguousMark}" as decimal mark); needed is a number without it`,
    );
  }
  return found.value;
}

/** A value as a message shows it, cut where it is long. */
export function shown(value: unknown): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  const text = typeof value === 'string' && value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value;
  return JSON.stringify(text) ?? String(text);
}
