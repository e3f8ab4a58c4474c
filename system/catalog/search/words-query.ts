// The words of a search as PostgreSQL's text search takes them.

/** Words of the catalogue hold neither of both; a query must not depend on that. */
const quoted = (word: string): string => `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

/**
 * A tsquery that asks for every word as a prefix or, in its stead, for one of those near it: `red ap` →
 * `'red':* & ('ap':* | 'app')`.
 */
export function wordsQuery(words: readonly string[], near: ReadonlyMap<string, readonly string[]>): string {
  return words
    .map((word) => {
      const ways = [`${quoted(word)}:*`, ...(near.get(word) ?? []).map(quoted)];
      return ways.length === 1 ? ways[0] : `(${ways.join(' | ')})`;
    })
    .join(' & ');
}
