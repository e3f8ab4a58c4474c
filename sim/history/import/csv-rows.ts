// The rows of a CSV file, with the lines of the file that they stand on. Quotes count only at a cell's start; a row that never
// ends is refused before it fills the memory.
import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { ImportFileError } from './import-file-error.ts';
import type { TextFile } from './text-file.ts';

/** Longest row of a file, in bytes of UTF-8. */
export const LONGEST_ROW = 1_048_576;

export type CsvRow = {
  line: number;
  /** Last line, where a cell goes over several. */
  lastLine: number;
  cells: string[];
  /** Text stands beside a quoted cell, so nobody can say where the cell ends. */
  isQuoteBroken: boolean;
};

export type CsvFormat = { separator: string; lineBreak: '\n' | '\r'; startsWithHint: boolean };

const SEPARATORS = [',', ';', '\t', '|'] as const;
export const SEPARATOR_NAMES: Record<string, string> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'bars',
};

/**
 * Separator and line ends, from the beginning of the text: of the separators the one with which the header line has the most
 * columns that `isKnown` says yes to, then the most columns. A first line `sep=;` (Excel's) says it outright.
 */
export function csvFormat(head: string, isKnown: (name: string) => boolean): CsvFormat {
  const lineBreak = !head.includes('\n') && head.includes('\r') ? '\r' : '\n';
  const hint = /^sep=(.)\r?\n/i.exec(head)?.[1];
  if (hint !== undefined) return { separator: hint, lineBreak, startsWithHint: true };
  const header = head.split(lineBreak).find((line) => line.trim() !== '') ?? '';
  const scored = SEPARATORS.map((separator) => {
    const names = header.split(separator).map((name) => name.trim().replace(/^"(.*)"$/, '$1'));
    return { separator, knownCount: names.filter(isKnown).length, count: names.length };
  });
  const [best] = scored.sort((a, b) => b.knownCount - a.knownCount || b.count - a.count);
  return { separator: best?.separator ?? ',', lineBreak, startsWithHint: false };
}

/** Yields every row, blank ones too. Throws ImportFileError when a quote is never closed or a row is longer than LONGEST_ROW. */
export async function* csvRows(text: TextFile, format: CsvFormat): AsyncGenerator<CsvRow> {
  let line = format.startsWithHint ? 2 : 1;
  const spans = new WeakMap<object, { line: number; lastLine: number }>();
  const parser = parse({
    delimiter: format.separator,
    record_delimiter: format.lineBreak === '\r' ? '\r' : ['\r\n', '\n'],
    relax_column_count: true,
    relax_quotes: true,
    raw: true,
    max_record_size: LONGEST_ROW,
    from_line: line,
    // Called while it reads, so `line` is right also when an error follows that throws away what waits.
    on_record: (found) => {
      const start = line;
      const lastLine =
        start + partsOf(found).cells.reduce((sum, cell) => sum + countOf(format.lineBreak, cell), 0);
      spans.set(found, { line: start, lastLine });
      line = lastLine + 1;
      return found;
    },
  });
  // The error comes out of the loop below.
  pipeline(Readable.from(limited(text, format.lineBreak)), parser, () => undefined);
  try {
    for await (const found of parser) {
      const { cells, raw } = partsOf(found);
      const span = spans.get(found) ?? { line, lastLine: line };
      yield { ...span, cells, isQuoteBroken: hasBrokenQuote(cells, raw) };
    }
  } catch (cause) {
    throw cause instanceof CsvError ? readable(cause, line) : cause;
  }
}

/** What the parser gives with `raw`, which its types do not say. */
function partsOf(found: unknown): { cells: string[]; raw: string } {
  if (typeof found === 'object' && found !== null && 'record' in found && 'raw' in found) {
    if (Array.isArray(found.record) && typeof found.raw === 'string') {
      return { cells: found.record, raw: found.raw };
    }
  }
  throw new Error('The CSV parser gave something else than a row with its text.');
}

function readable(cause: CsvError, line: number): Error {
  if (cause.code === 'CSV_QUOTE_NOT_CLOSED') {
    return new ImportFileError(
      `line ${line}: found a quote that is opened in the row that begins here and never closed; needed is a closing quote, or none at the cell's start.`,
      { cause },
    );
  }
  if (cause.code !== 'CSV_MAX_RECORD_SIZE')
    return new ImportFileError(`line ${line}: ${cause.message}`, { cause });
  return new ImportFileError(
    `line ${line}: found a row of more than ${LONGEST_ROW} bytes; needed is a shorter one. Is a quote opened in it and never closed?`,
    { cause },
  );
}

/** Refuses a line that never ends: cells of nothing are not counted by the parser. */
async function* limited(text: TextFile, lineBreak: string): AsyncGenerator<string> {
  let line = 1;
  let length = 0;
  for await (const piece of text.pieces()) {
    let start = 0;
    for (let end = piece.indexOf(lineBreak); end !== -1; end = piece.indexOf(lineBreak, start)) {
      refuseLonger(length + end - start, line);
      length = 0;
      line += 1;
      start = end + 1;
    }
    length += piece.length - start;
    refuseLonger(length, line);
    yield piece;
  }
}

function refuseLonger(length: number, line: number): void {
  if (length <= LONGEST_ROW) return;
  throw new ImportFileError(
    `line ${line}: found a line of more than ${LONGEST_ROW} characters; needed is a shorter one.`,
  );
}

/** A cell that begins with a quote is either one whose quotes were doubled, or one with text beside its quotes. */
function hasBrokenQuote(cells: readonly string[], raw: string): boolean {
  return cells.some((cell) => cell.startsWith('"') && !raw.includes(`"${cell.replaceAll('"', '""')}"`));
}

function countOf(character: string, text: string): number {
  let count = 0;
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) count += 1;
  return count;
}
