// "Did you mean …?" for anything a person types.
import { closestMatch } from 'leven';

/** ` Did you mean \`x\`?` with a leading space, or an empty string when no known name is near. */
export function didYouMean(typed: string, known: readonly string[]): string {
  const maxDistance = Math.max(2, Math.floor(typed.length / 3));
  const nearest = closestMatch(typed, [...known], { maxDistance });
  return nearest === undefined ? '' : ` Did you mean \`${nearest}\`?`;
}
