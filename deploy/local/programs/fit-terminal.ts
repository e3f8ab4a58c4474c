// Text for a terminal of known width, broken at words and never within one.
import { Help } from 'commander';

/** Line breaks and the blanks before a line stay. Without a terminal (no `columns`) nothing is broken. */
export function fitTerminal(text: string, columns: number | undefined): string {
  return columns === undefined ? text : new Help().boxWrap(text, columns);
}
