// Reads a host's permission again and again while the run goes on: as soon as it is gone, or does not permit the run any more, the
// run ends.
import { readPermission, refusals, type Wanted } from './permission.ts';

/** What a look at the file gave. */
export type Look =
  | { kind: 'text'; text: string }
  | { kind: 'status'; status: number }
  /** `certificate`: that it is its certificate, in a sentence. */
  | { kind: 'no-answer'; because: string; certificate?: string };

/** So often in a row a shop under load may fail to answer. */
const MOST_MISSED_COUNT = 3;

/**
 * Judges one look after the other; gives the sentence that ends the run, null while it may go on. A shop that does not answer, or
 * answers 5xx or 429, is asked again up to `MOST_MISSED_COUNT` times in a row: only the owner's word is one at once.
 */
export function createPermissionWatch(
  host: string,
  wanted: (nowMs: number) => Wanted,
): (look: Look, nowMs: number) => string | null {
  let missedCount = 0;
  return (look, nowMs) => {
    if (look.kind === 'text') {
      missedCount = 0;
      const mistakes = mistakesOf(look.text, wanted(nowMs));
      return mistakes.length === 0
        ? null
        : `stampede.txt of ${host} does not permit it any more: ${mistakes.join(' ')}`;
    }
    const isBusy = look.kind === 'no-answer' || look.status >= 500 || look.status === 429;
    if (!isBusy)
      return `${host} does not serve its stampede.txt any more (status ${look.status}): its owner has stopped it`;
    missedCount += 1;
    if (missedCount < MOST_MISSED_COUNT) return null;
    const how = look.kind === 'no-answer' ? look.because : `status ${look.status}`;
    return `stampede.txt of ${host} could not be read ${missedCount} times in a row (${how}), and without it nobody may go on`;
  };
}

/** All that is wrong with a text for what is wanted; none when it permits that. */
export function mistakesOf(text: string, wanted: Wanted): string[] {
  const read = readPermission(text);
  return read.kind === 'mistakes' ? read.mistakes : refusals(read.permission, wanted);
}
