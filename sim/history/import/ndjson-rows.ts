// The lines of an NDJSON file. Only a line feed ends a line (a carriage return before it belongs to the end): U+2028 and its kin
// are text.
import { LONGEST_ROW } from './csv-rows.ts';
import type { TextFile } from './text-file.ts';

/** `text` null: the line is longer than LONGEST_ROW and was not kept. */
export type TextLine = { line: number; text: string | null };

/** Yields every line, in time that grows with the text alone and holding no more than one line. */
export async function* textLines(file: TextFile): AsyncGenerator<TextLine> {
  let line = 1;
  let parts: string[] = [];
  let length = 0;
  const add = (part: string): void => {
    length += part.length;
    if (length <= LONGEST_ROW) parts.push(part);
    else parts = [];
  };
  const take = (): TextLine => {
    const text = length > LONGEST_ROW ? null : parts.join('').replace(/\r$/, '');
    const taken = { line, text };
    line += 1;
    parts = [];
    length = 0;
    return taken;
  };
  for await (const piece of file.pieces()) {
    let start = 0;
    for (let end = piece.indexOf('\n'); end !== -1; end = piece.indexOf('\n', start)) {
      add(piece.slice(start, end));
      yield take();
      start = end + 1;
    }
    add(piece.slice(start));
  }
  if (length > 0) yield take();
}

export type JsonObject = { names: string[]; values: unknown[] };

/** The object of a line, or what is wrong with it. Numbers in scientific notation are given as their text. */
export function readObject(text: string): JsonObject | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
    // Only `source` tells 5e4 from 50000; it is asked for where an exponent can be in the line.
    if (/\d[eE][+-]?\d/.test(text)) value = JSON.parse(text, keepScientific);
  } catch (cause) {
    return `the line is no JSON (${(cause as Error).message})`;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return 'the line is no object; needed is {"name": …, "category": …, "price_krw": …}';
  }
  return { names: Object.keys(value), values: Object.values(value) };
}

function keepScientific(_: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === 'number' && /e/i.test(context?.source ?? '') ? context?.source : value;
}
