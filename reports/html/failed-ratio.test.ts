// The page's brushed span and the summary of the whole run must mean the same by "failed requests".
import { expect, test } from 'vitest';
import { renderSeriesCsv } from '../files/series-csv.ts';
import { readFinishedRun } from '../record/read-run.ts';
import { createRunDirectory } from '../record/run-directory.ts';
import { summariseCells } from '../record/summarise-cell.ts';
import { sampleResult } from '../testing/sample-result.ts';
import { syntheticManifest } from '../testing/synthetic-manifest.ts';
import { createRandom, syntheticRow } from '../testing/synthetic-seconds.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { plainValueOf } from '../words/metric-names.ts';
import { liveValue } from './client/live-value.ts';
import { createPageHistograms } from './client/view/page-histograms.ts';
import { buildPageData } from './data/build-page-data.ts';

const startedAt = new Date('2025-11-21T11:00:00Z');

test('summary, series and a brushed span take requests by the second they were intended for', () => {
  const run = createRunDirectory({ root: temporaryFolder(), scenario: 'smoke', startedAt });
  run.writeManifest(syntheticManifest('smoke', 1, startedAt, ''));
  const result = sampleResult('PASS');
  const [variant = ''] = Object.keys(result.variants);
  const cell = run.cell({ variant, level: null, block: 0 });
  cell.writePlan({ seed: 1 });
  cell.startSpan(startedAt);
  // 10 of 40 in second 1 ran into a deadline of two seconds and ended outside of the span.
  for (let second = 0; second < 5; second += 1) {
    const row = syntheticRow({
      second,
      durationSeconds: 2,
      stage: 0,
      hasBroker: true,
      deliveredRatio: 1,
      random: createRandom(1),
    });
    const failed = second === 3 ? 10 : 0;
    cell.appendSeries({
      ...row,
      counts: { ...row.counts, requestsSent: 40, requestsSucceeded: 30, requestsFailed: failed },
      failures: {},
    });
  }
  cell.appendRequests({ second: 0, succeeded: 40, failed: 0 });
  cell.appendRequests({ second: 1, succeeded: 30, failed: 10 });
  run.writeResult(result);
  run.finish();

  const summary = summariseCells([cell.directory], 2);
  expect(plainValueOf(summary, 'http.failedRatio')).toEqual({ unit: 'ratio', value: 10 / 80 });
  const finished = readFinishedRun(run.directory);
  const [head = '', ...lines] = renderSeriesCsv(finished.cells).split('\r\n');
  const at = (line: string, name: string) => line.split(',')[head.split(',').indexOf(name)];
  expect(
    lines.slice(0, 2).map((line) => [at(line, 'intendedSucceeded'), at(line, 'intendedFailed')]),
  ).toEqual([
    ['40', '0'],
    ['30', '10'],
  ]);
  const [view] = buildPageData(finished).data.cells;
  const histograms = createPageHistograms(new Uint8Array());
  const brushed = (from: number, to: number) =>
    liveValue('value http.failedRatio', view!, histograms, { from, to });
  expect(brushed(0, 2)).toMatchObject({ sort: 10 / 80 });
  expect(brushed(1, 2)).toMatchObject({ sort: 10 / 40 });
});
