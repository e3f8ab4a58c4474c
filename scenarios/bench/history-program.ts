// Loads one history as `npm run history` does, in a process of its own whose memory is then that of the load alone.
import { type HistorySettings, loadHistory } from '../../sim/history/load-history.ts';
import { serveJobs } from './serve-jobs.ts';

export type LoadJob = { databaseUrl: string; settings: HistorySettings; workerCount: number };

/** `peakBytes`: the most that was resident at any time, all workers included. */
export type LoadCost = { rowCount: number; orderCount: number; seconds: number; peakBytes: number };

async function load(job: LoadJob): Promise<LoadCost> {
  const { rowCounts, tally, elapsedMs } = await loadHistory(job);
  return {
    rowCount: Object.values(rowCounts).reduce((sum, count) => sum + count, 0),
    orderCount: tally.orderCount,
    seconds: elapsedMs / 1_000,
    peakBytes: process.resourceUsage().maxRSS * 1_024,
  };
}

serveJobs<LoadJob>(load);
