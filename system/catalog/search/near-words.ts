// Typing errors, pure: how many lie between what was typed and the beginning of a word, and how many a word may have.

/** Fewer letters are near too much. */
const LETTERS_FOR_ONE_ERROR = 4;
const LETTERS_FOR_TWO_ERRORS = 8;

/** The letters of a word, small ones; Korean syllables are taken apart, so that one wrong letter is one error. */
export function lettersOf(word: string): string {
  return word.toLowerCase().normalize('NFD');
}

/** Typing errors that a word of so many letters may have: none below 4, one below 8, else two. */
export function allowedErrors(letters: string): number {
  const { length } = [...letters];
  return length < LETTERS_FOR_ONE_ERROR ? 0 : length < LETTERS_FOR_TWO_ERRORS ? 1 : 2;
}

/**
 * Fewest errors between what was typed and any beginning of a word, both in letters: a letter wrong, missing or too much, or
 * two neighbours that have changed places, none of them touched twice (optimal string alignment).
 */
export function errorsToBeginning(typed: string, word: string): number {
  const [wanted, letters] = [[...typed], [...word]];
  let beforeLast: number[] = [];
  let last = letters.map((_, index) => index + 1);
  last.unshift(0);
  for (const [row, letter] of wanted.entries()) {
    const errors = [row + 1];
    for (const [column, other] of letters.entries()) {
      const at = (line: number[], place: number) => line[place] ?? 0;
      let least = Math.min(
        at(last, column) + (letter === other ? 0 : 1),
        at(last, column + 1) + 1,
        at(errors, column) + 1,
      );
      if (row > 0 && column > 0 && letter === letters[column - 1] && wanted[row - 1] === other)
        least = Math.min(least, at(beforeLast, column - 1) + 1);
      errors.push(least);
    }
    [beforeLast, last] = [last, errors];
  }
  return Math.min(...last);
}

export type NearWord = { word: string; errors: number };

/** The words whose beginning is near enough to what was typed, the nearest first, then the shortest; at most `limit`. */
export function nearWords(typed: string, words: readonly string[], limit: number): NearWord[] {
  const letters = lettersOf(typed);
  const allowed = allowedErrors(letters);
  return words
    .map((word) => ({ word, errors: errorsToBeginning(letters, lettersOf(word)) }))
    .filter(({ errors }) => errors <= allowed)
    .sort((a, b) => a.errors - b.errors || a.word.length - b.word.length || (a.word < b.word ? -1 : 1))
    .slice(0, limit);
}
