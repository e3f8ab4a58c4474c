// What was read of the catalogue in a single run, as the shop was really asked, warm-up included: a line for each product page and
// list, in a file of the cell's folder. Models of caches are replayed with it afterwards.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CatalogueRead } from '../adapters/our-shop/catalogue-reads.ts';

export const readsFileOf = (cellDirectory: string): string => join(cellDirectory, 'reads.ndjson');

/** Instants are kept to a tenth of a ms. */
const TENTHS = 10;

/** Holds them in memory until `write`: some 50 bytes for each read of a run of minutes. */
export function createReadsFile(path: string) {
  const reads: CatalogueRead[] = [];
  let zeroMs: number | null = null;
  return {
    add: (read: CatalogueRead): void => void reads.push(read),
    /** When the measured span begins, in ms of the timeline; the file counts from there. */
    spanStarts(atMs: number): void {
      zeroMs = atMs;
    },
    /** @throws Error when no span ever began: then no read has a time */
    write(): void {
      if (zeroMs === null) throw new Error(`${path}: found ${reads.length} reads and no start of a span`);
      const from = zeroMs;
      const lines = reads
        .toSorted((a, b) => a.atMs - b.atMs)
        .map(({ atMs, kind, id, cache }) => {
          const offsetMs = Math.round((atMs - from) * TENTHS) / TENTHS;
          return `${JSON.stringify([offsetMs, kind, id, cache])}\n`;
        });
      writeFileSync(path, lines.join(''));
    },
  };
}

/**
 * The reads of a file in the order in which they were sent, with instants in ms from the start of the measured span.
 * @throws Error when there is no such file
 */
export function readReads(path: string): CatalogueRead[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      // Written by this very program.
      const [atMs, kind, id, cache] = JSON.parse(line) as [
        number,
        CatalogueRead['kind'],
        string,
        CatalogueRead['cache'],
      ];
      return { atMs, kind, id, cache };
    });
}
