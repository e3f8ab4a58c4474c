// A kind of attempt (an order, a sign-up, …) as the audit sees it: the tables that its attempts are written to in schema
// `rehearsal` beside the shop's own, so that rules are joins, and the rules themselves.
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { AttemptMade } from '../../../sim/engine/protocol/protocol.ts';
import type { AuditRule } from './rule.ts';

/** Gives all attempts from the beginning, as often as it is called: they are read once for each table, and never held. */
export type ReadAttempts = () => Iterable<AttemptMade> | AsyncIterable<AttemptMade>;

export type Value = string | number | boolean | null;

/** A table of schema `rehearsal`; `Row` is an attempt or a part of one, such as a line of an order. */
type TableOf<Attempt, Row> = {
  name: string;
  /** Rows of one attempt. */
  rowsOf: (attempt: Attempt) => readonly Row[];
  /** Each column's SQL type with its constraints, and its value. */
  columns: Readonly<Record<string, readonly [sqlType: string, value: (row: Row) => Value]>>;
  /** Columns that rules join on, each with an index. */
  indexed: readonly string[];
};

type AttemptTable<Attempt> = {
  name: string;
  create: string;
  index: string;
  rowsOf: (attempt: Attempt) => Value[][];
};

export type AuditedKind = {
  rules: readonly AuditRule[];
  /** SQL that notes, once the shop is at rest and before any rule is checked, what several rules read; null for nothing. */
  note: string | null;
  /** Writes those of the attempts that are of this kind, once. */
  load(client: Client, attempts: ReadAttempts): Promise<void>;
};

/** Describes a table by its columns, each once. */
export function attemptTable<Attempt, Row>(table: TableOf<Attempt, Row>): AttemptTable<Attempt> {
  const columns = Object.entries(table.columns);
  const name = `rehearsal.${table.name}`;
  const definitions = columns.map(([column, [sqlType]]) => `${column} ${sqlType}`);
  const indexes = table.indexed.map((column) => `CREATE INDEX ON ${name} (${column});`);
  return {
    name,
    create: `CREATE TABLE ${name} (${definitions.join(', ')})`,
    index: `${indexes.join(' ')} ANALYZE ${name};`,
    rowsOf: (attempt) => table.rowsOf(attempt).map((row) => columns.map(([, [, value]]) => value(row))),
  };
}

/** Everything that the audit knows of one kind of attempt; `kind` is the tag of its attempts. */
export function auditedKind<Attempt extends AttemptMade>(
  kind: Attempt['kind'],
  known: { tables: readonly AttemptTable<Attempt>[]; rules: readonly AuditRule[]; note?: string },
): AuditedKind {
  const isOwn = (attempt: AttemptMade): attempt is Attempt => attempt.kind === kind;
  return {
    rules: known.rules,
    note: known.note ?? null,
    async load(client, attempts) {
      for (const table of known.tables) {
        await client.query(table.create);
        await copyRows(client, table.name, rowsOf(attempts, isOwn, table.rowsOf));
        await client.query(table.index);
      }
    },
  };
}

async function* rowsOf<Attempt extends AttemptMade>(
  attempts: ReadAttempts,
  isOwn: (attempt: AttemptMade) => attempt is Attempt,
  toRows: (attempt: Attempt) => Value[][],
): AsyncGenerator<Value[]> {
  for await (const attempt of attempts()) if (isOwn(attempt)) yield* toRows(attempt);
}

/** Appends rows, each with the values of all columns in their order, to a table. */
export async function copyRows(client: Client, table: string, rows: AsyncIterable<Value[]>): Promise<void> {
  const lines = async function* (): AsyncGenerator<string> {
    for await (const row of rows) yield `${row.map(copyText).join('\t')}\n`;
  };
  // Whichever end fails ends the other.
  await pipeline(lines, client.query(copyFrom(`COPY ${table} FROM STDIN`)));
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A value in COPY's text format. */
export function copyText(value: Value): string {
  return value === null ? '\\N' : String(value).replace(/[\\\n\r\t]/g, (found) => ESCAPES[found] ?? found);
}
