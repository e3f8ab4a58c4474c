// Loads one history as `npm run history` does, in a process of its own whose memory is then that of the load alone.
import { readFileSync } from 'node:fs';
import { type HistorySettings, loadHistory } from '../../../sim/history/load/load-history.ts';
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
    peakBytes: peakBytes(),
  };
}

/** Not `resourceUsage().maxRSS`: a program inherits that from the one that started it, which here holds all rows. */
function peakBytes(): number {
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  if (kilobytes === undefined) throw new Error('/proc/self/status does not tell VmHWM; needed is Linux.');
  return Number(kilobytes) * 1_024;
}

serveJobs<LoadJob>(load);
