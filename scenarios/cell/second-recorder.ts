// Joins what the generator tells each second with what the machine and the broker show in that second, writes the row and
// the histograms to the record, and passes the figures on to the view.
import { wordsOf } from '../../deploy/local/programs/process-end.ts';
import type { Need } from '../../reports/metrics/described.ts';
import type { GaugeName } from '../../reports/metrics/gauges.ts';
import type { CellWriter } from '../../reports/record/cell-writer.ts';
import { rowCount, SERIES_VERSION } from '../../reports/record/series.ts';
import { unfinishedCount } from '../../sim/adapters/our-shop/request-verdict.ts';
import type { GeneratorSecond } from '../../sim/engine/protocol/protocol.ts';
import type { Second } from '../faults/recovery.ts';
import type { View } from './live-view.ts';
import type { createProcessSampler, WatchedProcesses } from './process-sampler.ts';
import { recordedCounts } from './recorded-counts.ts';

/** What is kept in memory of each row. */
export type RecordedSecond = Second;

export type SecondRecorder = {
  take(row: GeneratorSecond): void;
  /** Rejects as soon as a row cannot be written: the disk is full, or the cell was closed because the run is being ended. */
  failed: Promise<never>;
  /** Waits until all rows are written; `stealMaxRatio` is the largest share of CPU time the hypervisor took in a second. */
  finish(): Promise<{ rows: RecordedSecond[]; stealMaxRatio: number }>;
};

/** Rows are written in the order they come; the sampling of one second never overtakes that of the one before. */
export function createSecondRecorder(deps: {
  cell: CellWriter;
  view: View;
  durationSeconds: number;
  sampler: ReturnType<typeof createProcessSampler>;
  /** What the scenario gives that counts may need. */
  meets: (need: Need) => boolean;
  /** Asked each second, because a killed process comes back with another pid. */
  watched: () => WatchedProcesses;
  /** Messages not yet committed, null when nobody can say; no function without a broker in the path. */
  lagCount: (() => Promise<number | null>) | null;
  /** What else the target shows of itself; left out where it shows nothing. */
  ownGauges?: (() => Promise<Partial<Record<GaugeName, number | null>>>) | undefined;
}): SecondRecorder {
  /** Of each count, since the first second. */
  const totals: Record<string, number> = {};
  const rows: RecordedSecond[] = [];
  let stealMaxRatio = 0;
  let writing: Promise<void> = Promise.resolve();
  const failure = Promise.withResolvers<never>();
  // Told to whoever waits for the span; after it nobody does.
  failure.promise.catch(() => undefined);

  async function write(row: GeneratorSecond): Promise<void> {
    const [sample, kafkaLagCount, ownGauges] = await Promise.all([
      deps.sampler.sample(deps.watched()),
      deps.lagCount?.() ?? null,
      deps.ownGauges?.() ?? {},
    ]);
    const { second, histograms, intendedRequests, live, failures } = row;
    const { stealRatio, cpuRatios, memoryBytes } = sample;
    const counts = recordedCounts(row.counts, deps.meets);
    const gauges = { ...row.gauges, kafkaLagCount, stealRatio, ...ownGauges };
    const phase = second < 0 ? 'lead-in' : second < deps.durationSeconds ? 'measure' : 'drain';
    if (phase === 'measure') stealMaxRatio = Math.max(stealMaxRatio, stealRatio);
    deps.cell.appendSeries({
      version: SERIES_VERSION,
      second,
      phase,
      counts,
      gauges,
      failures,
      cpuRatios,
      memoryBytes,
    });
    for (const part of histograms) {
      deps.cell.appendHistogram(part.metric, part.second, part.encoded, {
        count: part.censoredCount,
        ...(part.censoredFromMs === null ? {} : { fromMs: part.censoredFromMs }),
      });
    }
    for (const requests of intendedRequests) deps.cell.appendRequests(requests);
    rows.push({
      second,
      sessionsPlanned: rowCount({ counts }, 'sessionsPlanned'),
      // What the end of the run cut off tells nothing of the shop.
      requestsFailed: rowCount({ counts }, 'requestsFailed') - unfinishedCount(failures),
      kafkaLagCount,
    });
    for (const [name, count] of Object.entries(counts)) totals[name] = (totals[name] ?? 0) + count;
    const last = { second, counts, whereabouts: row.whereabouts ?? null };
    deps.view.figures({ totals, gauges, live, cpuRatios, last });
  }

  return {
    take(row) {
      writing = writing.then(() => write(row));
      writing.catch((cause: unknown) => failure.reject(recordError(deps.cell.directory, cause)));
    },
    failed: failure.promise,
    async finish() {
      await writing;
      return { rows, stealMaxRatio };
    },
  };
}

function recordError(directory: string, cause: unknown): Error {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  const next = code === 'ENOSPC' ? ' The disk is full: make room there, then --resume.' : '';
  return new Error(`The record in ${directory} cannot be written: ${wordsOf(cause)}.${next}`, { cause });
}
