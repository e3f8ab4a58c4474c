// The gauges that a row of the series carries, each once: what a row tells of its second as it stood then, how the seconds of
// a bucket are taken together, which chart draws them and whether the terminal shows them.
import type { TerminalPlace } from './described.ts';

export type SeriesGauge = {
  /** As in `series.ndjson`; null where there was nothing to read. */
  name: string;
  /** How the page takes the seconds of a time bucket together; absent: the page does not have it. */
  onPage?: 'mean' | 'largest';
  /** Its line in a chart. */
  line?: { chart: string; label: string };
  /** "active 120"; nothing where it could not be read. */
  terminal?: TerminalPlace & { label: string };
  /** The count that its column follows in the table for spreadsheets; absent: behind the counts. */
  columnAfter?: string;
};

/** In the order of the table for spreadsheets; the lines of a chart stand in it too. */
export const GAUGES = [
  {
    name: 'sessionsActive',
    onPage: 'mean',
    line: { chart: 'active', label: 'open sessions' },
    terminal: { line: 'sessions', place: 3, label: 'active' },
    columnAfter: 'sessionsCompleted',
  },
  {
    name: 'latenessP99Ms',
    onPage: 'largest',
    line: { chart: 'generator', label: 'lateness p99' },
  },
  {
    name: 'eventLoopLagP99Ms',
    onPage: 'largest',
    line: { chart: 'generator', label: 'event-loop lag p99' },
  },
  // Messages that the consumer group has not committed yet; null without a broker in the path.
  {
    name: 'kafkaLagCount',
    onPage: 'largest',
    line: { chart: 'lag', label: 'lag' },
    terminal: { line: 'orders', place: 3, label: 'lag' },
  },
  { name: 'stealRatio' },
  // By how much the memory of Redis has grown since before the shop started.
  { name: 'redisGrowthMb' },
  // Of a refresh of the hot set, in the second that first saw it; null in all others.
  { name: 'hotSetRefreshMs' },
  { name: 'hotSetRefreshRows' },
] as const satisfies readonly SeriesGauge[];
export type GaugeName = (typeof GAUGES)[number]['name'];
