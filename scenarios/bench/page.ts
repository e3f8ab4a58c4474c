// Bench: how long the page of the largest usual comparison takes to make from its record, and how large it is. The run is a
// believable one that never happened, written by the real writer; making its page is what `npm run report` does.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { median } from 'simple-statistics';
import { writeSyntheticRun } from '../../reports/testing/synthetic-run.ts';
import { writeReports } from '../../reports/write-reports.ts';
import { type Bench, type BenchContext, type BenchRow, judged, reported } from './bench.ts';

const MAX_SECONDS = 2;
const MAX_MB = 1.5;
/** The median of so many; the first, which compiles the code and is the one that a person waits for, is shown beside it. */
const TIMES = 5;

const RUN = {
  scenario: 'kafka-on-off',
  durationSeconds: 20,
  leadInSeconds: 4,
  variants: ['direct', 'direct-batched', 'kafka'],
  levels: ['near', 'burst'],
  blockCount: 12,
};

async function run({ folder, view, monotonicMs }: BenchContext): Promise<BenchRow[]> {
  view.detail('writing a run of 3 variants at 2 levels in 12 blocks');
  const directory = writeSyntheticRun({ root: join(folder, 'runs'), ...RUN });
  const seconds: number[] = [];
  for (let time = 1; time <= TIMES; time++) {
    view.detail(`making its page: ${time} of ${TIMES}`);
    const fromMs = monotonicMs();
    await writeReports(directory);
    seconds.push((monotonicMs() - fromMs) / 1_000);
  }
  const [first = Number.NaN] = seconds;
  return [
    judged('page.time', median(seconds), 's', { atMost: MAX_SECONDS }),
    judged('page.size', statSync(join(directory, 'report.html')).size / 1e6, 'MB', { atMost: MAX_MB }),
    reported('page.firstTime', first, 's'),
  ];
}

export const page: Bench = {
  name: 'page',
  question: 'time and size of the page of 3 variants at 2 levels in 12 blocks',
  expectedSeconds: 15,
  run,
};
