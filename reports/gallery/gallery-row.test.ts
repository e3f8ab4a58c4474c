import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Manifest } from '../record/manifest.ts';
import type { RunResult, Verdict } from '../record/result.ts';
import { sampleResult } from '../testing/sample-result.ts';
import { writeSyntheticRun } from '../testing/synthetic-run.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { findableOf } from './entry-words.ts';
import { galleryRow } from './gallery-row.ts';
import { rateFigure } from './key-figure.ts';
import { standingsOf } from './like-runs.ts';
import { createEntryReader } from './list-entries.ts';

type Planted = {
  medianMs?: number;
  verdict?: Verdict;
  flags?: string[];
  overrides?: string[];
  without?: string[];
  variants?: string[];
};

function change<Document>(path: string, by: (document: Document) => Document): void {
  writeFileSync(path, JSON.stringify(by(JSON.parse(readFileSync(path, 'utf8')) as Document)));
}

/** Runs of consecutive days, and their rows, oldest first. */
function rowsOf(...runs: Planted[]): string[] {
  const root = temporaryFolder();
  for (const [index, planted] of runs.entries()) {
    const { verdict = 'PASS', variants = ['kafka'] } = planted;
    const startedAt = new Date(Date.UTC(2025, 10, index + 1));
    const directory = writeSyntheticRun({ root, startedAt, durationSeconds: 5, verdict, variants });
    change<Manifest>(join(directory, 'manifest.json'), (manifest) => ({
      ...manifest,
      flags: planted.flags ?? [],
      overrides: planted.overrides ?? [],
    }));
    change<RunResult>(join(directory, 'result.json'), (result) => {
      for (const { metrics } of Object.values(result.variants)) {
        const confirmed = metrics['order.confirmed'] as { p50: number };
        if (planted.medianMs !== undefined) confirmed.p50 = planted.medianMs;
        for (const name of planted.without ?? []) delete metrics[name];
      }
      return result;
    });
  }
  const entries = createEntryReader(root).list();
  const standings = standingsOf(entries);
  const filter = { scenario: '', verdict: '', words: '' };
  return entries
    .map((entry) => galleryRow(entry, findableOf(entry), filter, standings.get(entry.name)).markup)
    .map((row) => row.replace(/<li [^>]*>/, '').replaceAll('\u00a0', ' '))
    .toReversed();
}

/** What is to be read of a row. */
const textOf = (row = ''): string => row.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

test('a run says in a line what it did, how long people waited and how that stands beside the last like it', () => {
  const [first, second] = rowsOf({ medianMs: 40 }, { medianMs: 44 }).map(textOf);
  expect(first).toMatch(
    /✓ PASS peak-hour .* [\d,]+ orders an hour 0\.04 s half; 95 of 100: .* the first of its kind/,
  );
  expect(second).toMatch(/0\.04 s half; .* \+10 % median of order confirmed, 40 ms on /);
  expect(second).not.toContain('not judged');
});

test('a large change that nothing judged is marked as such', () => {
  const [, slower, quicker] = rowsOf({ medianMs: 40 }, { medianMs: 60 }, { medianMs: 30 }).map(textOf);
  expect(slower).toContain('+50 % ! large, not judged;');
  expect(quicker).toContain('−50 %');
  expect(quicker).toContain('! large, not judged;');
});

test('a course is drawn from three like runs on', () => {
  const rows = rowsOf({ medianMs: 40 }, { medianMs: 41 }, { medianMs: 42 }, { medianMs: 43 });
  expect(rows.map((row) => /<polyline points="([^"]*)"/.exec(row)?.[1]?.split(' ').length ?? 0)).toEqual([
    0, 0, 3, 4,
  ]);
});

test('only runs with the same settings and options are like each other, whatever their limits', () => {
  const [, burst, fault, limit] = rowsOf(
    { medianMs: 40 },
    { medianMs: 90, overrides: ['load.burstFactor=3'] },
    { medianMs: 90, flags: ['--fault broker-kill@50%'] },
    { medianMs: 41, overrides: ['thresholds.order-confirmed-p95=250'] },
  );
  for (const row of [burst, fault]) expect(textOf(row)).toContain('the first of its kind');
  expect(textOf(limit)).toContain('+2.5 %');
  expect(fault).toContain('<span class="chip fault">fault broker-kill@50%</span>');
  expect(burst).toContain('<span class="chip">load.burstFactor=3</span>');
});

test('what was not measured is no 0', () => {
  const [row] = rowsOf({ without: ['orders.perHour', 'order.confirmed'] });
  expect(row).toContain('<div class="figure rate"><b>–</b></div>');
  expect(textOf(row)).toMatch(/\d s half; 95 of 100: .* \(HTTP response\)/);
});

test('a rush for the last pieces tells how many were sold, and of no hour', () => {
  const sample = sampleResult('PASS');
  const [key = '', variant] = Object.entries(sample.variants)[0] ?? [];
  const counts = { pieceCount: 5, soldCount: 5, shopperCount: 100, toldNoCount: 95, unheardCount: 0 };
  const audit = [{ ...variant!.audit[0]!, lastUnits: { itemName: 'Lamp', ...counts } }];
  const result = { ...sample, variants: { [key]: { ...variant!, audit } } };
  expect(rateFigure(result)).toEqual({ value: '5 of 5', what: 'last pieces sold' });
});

test('a run without a performance result shows no figure and is like no other', () => {
  const rows = rowsOf(
    { medianMs: 40 },
    { verdict: 'AUDIT_FAILED' },
    { verdict: 'INVALID' },
    { medianMs: 44 },
  );
  const [, failed, invalid, last] = rows.map(textOf);
  expect(failed).toContain('numbers withheld: the audit failed');
  expect(invalid).toContain('no figures of the shop');
  for (const row of [failed, invalid]) expect(row).not.toContain('orders an hour');
  expect(last).toContain('+10 % median of order confirmed, 40 ms on');
});

test('a comparison shows its effects', () => {
  const [row] = rowsOf({ variants: ['direct', 'kafka'] });
  expect(row).toMatch(/<div class="figure effect"><b>[A-Z]+[^<]*<\/b><small>[^<]*kafka against direct/);
});

test('more than four changes are counted, and can be read', () => {
  const overrides = ['a.a=1', 'b.b=2', 'c.c=3', 'd.d=4', 'e.e=5', 'f.f=6'];
  const [row] = rowsOf({ overrides });
  expect(row).toContain('<span class="chip" title="e.e=5, f.f=6">and 2 more</span>');
});
