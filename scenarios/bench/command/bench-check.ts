// Whether a bench still works: what its small run gave, held against what any run must give. No time is judged and no limit
// of a measured figure, only that there is one and that what was sent went through whole.
import type { BenchRow } from '../bench.ts';

/** What a bench's small run came to; without mistakes it works. */
export type BenchCheck = { name: string; figureCount: number; countCount: number; mistakes: string[] };

/** Everything that shows that the bench measures no more what it says. */
export function checkRows(name: string, rows: readonly BenchRow[]): BenchCheck {
  const counts = rows.filter(isCount);
  const mistakes = rows.flatMap(mistakeIn);
  if (counts.length === 0) mistakes.push('it counts nothing that went through');
  if (counts.length === rows.length) mistakes.push('it gave no figure');
  return { name, figureCount: rows.length - counts.length, countCount: counts.length, mistakes };
}

/** A bench that did not come to its end. */
export function failedCheck(name: string, error: unknown): BenchCheck {
  const mistake = error instanceof Error ? error.message : String(error);
  return { name, figureCount: 0, countCount: 0, mistakes: [mistake] };
}

/** One line for the terminal. */
export function checkLine({ name, figureCount, countCount, mistakes }: BenchCheck): string {
  if (mistakes.length > 0) return `✗ ${name}: ${mistakes.join('; ')}`;
  return `✓ ${name}: ${numbered(figureCount, 'figure')}, ${numbered(countCount, 'count')}`;
}

function numbered(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function isCount({ limit }: BenchRow): boolean {
  return limit !== null && 'exactly' in limit;
}

function mistakeIn({ name, value, limit, note, isLacking }: BenchRow): string[] {
  if (isLacking) return [];
  if (value === null) return [`${name} was ${note ?? 'not run'}`];
  if (!Number.isFinite(value)) return [`${name} is ${value}, needed is a number`];
  if (limit === null || !('exactly' in limit) || value === limit.exactly) return [];
  return [`${name} is ${value}, needed is ${limit.exactly}`];
}
