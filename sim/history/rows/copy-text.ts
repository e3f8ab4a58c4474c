// PostgreSQL's text format of COPY: one line a row, tabs between columns, \N for null.

/** A value of a column: dates become RFC 3339, arrays of text an array literal, buffers bytea in hex. */
export type ColumnValue = string | number | boolean | null | Date | readonly string[] | Uint8Array;

/** One line of COPY's text format, with its line end. */
export function copyLine(values: readonly ColumnValue[]): string {
  return `${values.map(columnText).join('\t')}\n`;
}

/** One line of CSV (RFC 4180, nothing between the commas for null), as `COPY … WITH (FORMAT csv)` reads it. */
export function csvLine(values: readonly ColumnValue[]): string {
  return `${values.map(csvText).join(',')}\n`;
}

function csvText(value: ColumnValue): string {
  if (value === null) return '';
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`;
  const text =
    typeof value === 'string'
      ? value
      : Array.isArray(value)
        ? `{${value.map(arrayElement).join(',')}}`
        : columnText(value);
  return text === '' || /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
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

const NEEDS_ESCAPE = /[\\\t\n\r\0]/;

/** Backslash, tab, line feed and carriage return are what COPY would take for its own. */
function escapeText(text: string): string {
  if (!NEEDS_ESCAPE.test(text)) return text;
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
