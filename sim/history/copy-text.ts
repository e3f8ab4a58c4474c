// PostgreSQL's text format of COPY: one line a row, tabs between columns, \N for null.

/** A value of a column: dates become RFC 3339, arrays of text an array literal, buffers bytea in hex. */
export type ColumnValue = string | number | boolean | null | Date | readonly string[] | Uint8Array;

/** One line of COPY's text format, with its line end. */
export function copyLine(values: readonly ColumnValue[]): string {
  return `${values.map(columnText).join('\t')}\n`;
}

function columnText(value: ColumnValue): string {
  if (value === null) return '\\N';
  if (typeof value === 'string') return escapeText(value);
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (typeof value === 'number') return String(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `\\\\x${Buffer.from(value).toString('hex')}`;
  return escapeText(`{${value.map(arrayElement).join(',')}}`);
}

/** Backslash, tab, line feed and carriage return are what COPY would take for its own. */
function escapeText(text: string): string {
  if (text.includes('\0')) throw new Error('PostgreSQL text cannot hold a NUL character.');
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('\t', '\\t')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
}

function arrayElement(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
