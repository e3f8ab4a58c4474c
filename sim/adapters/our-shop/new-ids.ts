// Ids of what shoppers do: UUIDv7, whose chance is drawn for many at a time, because each drawing is a system call.
import { V7Generator } from 'uuidv7';

const WORDS_AT_ONCE = 1_024;

/** Gives a new id at each call, greater than all that it gave before. */
export function createIds(): () => string {
  const words = new Uint32Array(WORDS_AT_ONCE);
  let next = words.length;
  const generator = new V7Generator({
    nextUint32() {
      if (next === words.length) {
        crypto.getRandomValues(words);
        next = 0;
      }
      return words[next++] ?? 0;
    },
  });
  return () => generator.generate().toString();
}
