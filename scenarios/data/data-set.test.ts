import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { describePlan } from '../ask/dry-run.ts';
import { planCells } from '../plan/cell-plan.ts';
import { peakHour } from '../questions/peak-hour.ts';
import { worldOf } from '../scenario/world.ts';
import { dataSetFingerprint, dataSetSources, dataSetState, progressText } from './data-set.ts';
import { repositoryRoot } from './repository.ts';

/** Files that a file imports when it runs, as the compiler sees it. */
function importsOf(file: string): string[] {
  const { outputText } = ts.transpileModule(readFileSync(join(repositoryRoot, file), 'utf8'), {
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ESNext,
      verbatimModuleSyntax: true,
    },
  });
  return ts
    .preProcessFile(outputText)
    .importedFiles.filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => join(dirname(file), fileName));
}

describe('the fingerprint of a data set', () => {
  it('covers every file that the loading of a history runs, and no other', async () => {
    const files = await dataSetSources();
    const code = files.filter((file) => file.endsWith('.ts'));
    const imported = new Set(code.flatMap(importsOf));
    expect([...imported].filter((file) => !files.includes(file))).toEqual([]);
    // The worker is named by its URL.
    const entries = ['sim/history/load/load-history.ts', 'sim/history/load/chunk-worker.ts'];
    expect(code.filter((file) => !imported.has(file) && !entries.includes(file))).toEqual([]);
    expect(files).toContain('sim/history/load/chunk-worker.ts');
    expect(files).toContain('system/migrations/001-people-catalogue-carts.sql');
    for (const other of [
      'sim/history/load/write-csv.ts',
      'sim/history/import/read-products.ts',
      'system/contract/processes.ts',
    ])
      expect(files).not.toContain(other);
  });

  it('is another for other data or another hour, and the same for another load', async () => {
    const asked = await dataSetFingerprint(peakHour);
    const { data, shop } = peakHour;
    const others = [
      { data: { ...data, days: 181 }, shop },
      { data: { ...data, preset: 'founding' as const }, shop },
      { data: { ...data, people: 10_001 }, shop },
      { data, shop: { ...shop, hour: 9 } },
    ];
    for (const other of others) expect(await dataSetFingerprint(other)).not.toBe(asked);
    expect(await dataSetFingerprint({ ...peakHour, shop: { ...shop, ordersBatchMax: 7 } })).toBe(asked);
  });
});

it('is not known to be built where no PostgreSQL answers, which is no error', async () => {
  const nobody = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
  expect(await dataSetState(peakHour, nobody)).toBe(
    'PostgreSQL does not run, so whether it is built is not known',
  );
});

it('tells how far the building has come', () => {
  const progress = { doneRatio: 0.5, simulatedDate: '2026-08-01', rowCount: 900, rowsPerSecond: 90 };
  expect(progressText({ ...progress, phase: 'rows', leftSeconds: 9.2 })).toBe(
    'history: 50 %, people who signed up until 2026-08-01, 900 rows, about 10 s left',
  );
  expect(progressText({ ...progress, phase: 'indexes', leftSeconds: 0 })).toBe('history: indexes');
});

it('is told by a dry run: its days, people and orders, and whether it is built', () => {
  const scenario = { ...peakHour, data: { ...peakHour.data, people: 2_000, products: 300, days: 30 } };
  const load = { ...peakHour.load, sessionsPerSecond: 5, durationSeconds: 10 };
  const asked = { ...scenario, load };
  const { orderCount } = worldOf(asked);
  expect(orderCount).toBeGreaterThan(1_000);
  const told = describePlan(asked, planCells(asked, 1), 'not built yet', 2);
  expect(told).toContain(
    `data set: 30 days of history (korea) with 2000 people, 300 products and ${orderCount} orders, seed 1; not built yet`,
  );
});
