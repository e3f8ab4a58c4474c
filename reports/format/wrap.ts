// Sentences broken at words: by us for a terminal of known width, by the browser on a page. A number keeps its unit.

const BEFORE_UNIT = /(\d) (?=(?:%|ms|s|min|MB|GB|points)(?!\w))/g;
const NO_BREAK = '\u00a0';
/** A word with the blanks before it. */
const WORD = / *[^ ]+/g;
/** A narrower terminal is left to break lines itself. */
const LEAST_COLUMNS = 40;

/** The sentence with blanks that no browser breaks a line at between numbers and their units. */
export function keepUnits(sentence: string): string {
  return sentence.replace(BEFORE_UNIT, `$1${NO_BREAK}`);
}

/** Each line of a text as `wrapLine` has it; what goes on stands two blanks further in than its line. */
export function wrapLines(text: string, columns: number | undefined): string {
  const indentOf = (line: string): number => line.length - line.trimStart().length + 2;
  return text
    .split('\n')
    .map((line) => wrapLine(line, columns, indentOf(line)))
    .join('\n');
}

/** Something, two blanks or more, and what it is. */
const NAMED_LINE = /^( *\S.*? {2,})(?=\S)/;

/** Help as `wrapLines` has it, but that what goes on stands below its beginning where a line names something first. */
export function wrapHelp(text: string, columns: number | undefined): string {
  const most = (columns ?? 0) / 2;
  return text
    .split('\n')
    .map((line) => {
      const column = NAMED_LINE.exec(line)?.[1]?.length ?? 0;
      const isHung = column > 0 && column <= most;
      return wrapLine(line, columns, isHung ? column : line.length - line.trimStart().length + 2);
    })
    .join('\n');
}

/**
 * One line as lines of at most `columns` characters, as far as its words allow.
 * @param columns of the terminal; undefined where there is none: nothing is broken
 * @param indentCount blanks before each further line
 */
export function wrapLine(line: string, columns: number | undefined, indentCount: number): string {
  if (columns === undefined || columns < LEAST_COLUMNS || line.length <= columns) return line;
  const indent = ' '.repeat(indentCount);
  const lines: string[] = [];
  let current = '';
  for (const [word] of keepUnits(line).matchAll(WORD)) {
    if (current.trim() === '' || current.length + word.length <= columns) current += word;
    else {
      lines.push(current);
      current = indent + word.trimStart();
    }
  }
  return [...lines, current].join('\n').replaceAll(NO_BREAK, ' ');
}
