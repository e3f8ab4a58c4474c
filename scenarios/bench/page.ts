// Bench: how long the page of the largest usual comparison takes to make from its record, and how large it is. The run is a
// believable one that never happened, written by the real writer; making its page is what `npm run report` does.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { median } from 'simple-statistics';
import { writeReports } from '../../reports/files/write-reports.ts';
import { readFinishedRun } from '../../reports/record/read-run.ts';
import { writeSyntheticRun } from '../../reports/testing/synthetic-run.ts';
import {
  type Bench,
  type BenchContext,
  type BenchRow,
  type BenchSize,
  counted,
  judged,
  reported,
} from './bench.ts';

const MAX_SECONDS = 2;
const MAX_MB = 1.5;
const FULL = {
  /** The median of so many; the first, which compiles the code and is the one that a person waits for, is shown beside it. */
  times: 5,
  durationSeconds: 20,
  leadInSeconds: 4,
  variants: ['direct', 'direct-batched', 'kafka'],
  levels: ['near', 'burst'],
  blockCount: 12,
};

const SIZES: Record<BenchSize, typeof FULL> = {
  full: FULL,
  check: { ...FULL, times: 1, durationSeconds: 3, leadInSeconds: 1, blockCount: 2 },
};

async function run({ size, folder, view, monotonicMs }: BenchContext): Promise<BenchRow[]> {
  const { times, ...options } = SIZES[size];
  const { variants, levels, blockCount } = options;
  view.detail(
    `writing a run of ${variants.length} variants at ${levels.length} levels in ${blockCount} blocks`,
  );
  const directory = writeSyntheticRun({ root: join(folder, 'runs'), scenario: 'kafka-on-off', ...options });
  const seconds: number[] = [];
  for (let time = 1; time <= times; time++) {
    view.detail(`making its page: ${time} of ${times}`);
    const fromMs = monotonicMs();
    await writeReports(directory);
    seconds.push((monotonicMs() - fromMs) / 1_000);
  }
  const [first = Number.NaN] = seconds;
  return [
    judged('page.time', median(seconds), 's', { atMost: MAX_SECONDS }),
    judged('page.size', statSync(join(directory, 'report.html')).size / 1e6, 'MB', { atMost: MAX_MB }),
    reported('page.firstTime', first, 's'),
    counted(
      'page.runs',
      readFinishedRun(directory).cells.length,
      variants.length * levels.length * blockCount,
      'single runs',
    ),
  ];
}

export const page: Bench = {
  name: 'page',
  question: 'time and size of the page of 3 variants at 2 levels in 12 blocks',
  expectedSeconds: 15,
  run,
};
