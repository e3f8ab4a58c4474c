// A word of a command as a shell reads it back.

/** The word itself where a shell takes it as it stands, else in single quotes. */
export function shellWord(word: string): string {
  return /^[\w.,:/@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** The word that `shellWord` wrote. */
export function wordOfShell(text: string): string {
  return text.startsWith("'") ? text.slice(1, -1).replaceAll("'\\''", "'") : text;
}
