// What keeps a shop from being rehearsed and is for a person to mend.

/** In one line: the thing, the value found, the value needed, the next step. */
export class ShopMistake extends Error {
  override name = 'ShopMistake';
}

/** A value as a message shows it: its beginning, with its kind where that may surprise. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'string') return `"${shortened(value)}"`;
  if (typeof value !== 'object' || value === null) return `${String(value)} (${typeof value})`;
  try {
    return shortened(JSON.stringify(value));
  } catch {
    return 'an object that is no JSON';
  }
}

const LONGEST_SHOWN = 80;

/** The beginning of a text, on one line. */
export function shortened(text: string, longest = LONGEST_SHOWN): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= longest ? line : `${line.slice(0, longest - 1)}…`;
}
