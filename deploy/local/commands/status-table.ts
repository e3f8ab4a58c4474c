// `npm run stack -- status`: what runs, where, since when and how large.
import { readFileSync } from 'node:fs';
import { processTree } from '../programs/process-identity.ts';
import { StackError } from '../programs/stack-error.ts';
import { withoutPassword } from '../programs/without-password.ts';
import type { AnyServiceName, FoundService } from '../services/stack-service.ts';

/** A row: the service as found, or why it cannot be used; null: it does not run. */
export type StatusRow = {
  name: AnyServiceName;
  found: FoundService | StackError | null;
  sinceMs: number | null;
};

const HEADINGS = ['service', 'origin', 'version', 'address', 'pid', 'uptime', 'memory'];

/** The table as text, one row for each service; what is wrong with a service follows below. */
export function statusTable(rows: readonly StatusRow[], nowMs: number): string {
  const cells = rows.map(({ name, found, sinceMs }) => {
    if (found === null) return [name, 'not up', '', '', '', '', ''];
    if (found instanceof StackError) return [name, 'no answer', '', '', '', '', ''];
    const { origin, version, pids } = found.service;
    const uptime = sinceMs === null ? '' : durationText(nowMs - sinceMs);
    return [
      name,
      origin,
      version,
      withoutPassword(found.url),
      pids.join(' '),
      uptime,
      memoryText(memoryBytes(pids)),
    ];
  });
  const troubles = rows.flatMap(({ found }) => (found instanceof StackError ? [found.message] : []));
  return [...aligned([HEADINGS, ...cells]), ...troubles.map((message) => `\n${message}`)].join('\n');
}

/** 75,000 → `1 min 15 s`; days and hours likewise, two units at most. */
export function durationText(durationMs: number): string {
  const seconds = Math.max(0, Math.floor(durationMs / 1_000));
  const units: [number, string][] = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3_600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ];
  const first = units.findIndex(([count]) => count > 0);
  const shown = first < 0 ? units.slice(-1) : units.slice(first, first + 2);
  return shown.map(([count, unit]) => `${count} ${unit}`).join(' ');
}

/** Memory that these processes and those they started hold, shared pages counted once; null where it cannot be read. */
export function memoryBytes(pids: readonly number[]): number | null {
  const sizes = pids.flatMap((pid) => processTree(pid)).flatMap((pid) => proportionalBytes(pid) ?? []);
  return sizes.length === 0 ? null : sizes.reduce((sum, size) => sum + size, 0);
}

function proportionalBytes(pid: number): number | null {
  try {
    const kibibytes = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
    return kibibytes === undefined ? null : Number(kibibytes) * 1_024;
  } catch {
    return null;
  }
}

function memoryText(bytes: number | null): string {
  return bytes === null ? '' : `${Math.round(bytes / 1_048_576)} MB`;
}

function aligned(table: readonly (readonly string[])[]): string[] {
  const widths = HEADINGS.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
