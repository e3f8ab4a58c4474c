// The engine's rival: the least that sends the same plan with undici and keeps one histogram. No sessions, no deadlines, no
// seconds; whatever the engine costs more than this is the price of measuring.
import { readFile } from 'node:fs/promises';
import { build } from 'hdr-histogram-js';
import { Pool } from 'undici';
import type { SessionPlan } from '../../../sim/model/session-plan.ts';
import { serveJobs } from './serve-jobs.ts';

export type BareLoopJob = {
  url: string;
  planFile: string;
  leadInMs: number;
  durationMs: number;
  connectionCount: number;
};

export type BareLoopCost = { requestCount: number; cpuSeconds: number; latenessP99Ms: number };

const SHAPE = { highestTrackableValue: 3_600_000_000, numberOfSignificantValueDigits: 3 } as const;
const SET_UP_MS = 100;
const HEADERS = ['accept', 'application/json', 'authorization', `Bearer ${'a'.repeat(43)}`];

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

async function run(job: BareLoopJob): Promise<BareLoopCost> {
  const { sessions } = JSON.parse(await readFile(job.planFile, 'utf8')) as SessionPlan;
  const pool = new Pool(job.url, { connections: job.connectionCount, pipelining: 1 });
  const responses = build(SHAPE);
  const lateness = build(SHAPE);
  const zeroMs = performance.now() + job.leadInMs + SET_UP_MS;
  const { promise: allAnswered, resolve, reject } = Promise.withResolvers<void>();

  const request = (intendedMs: number): void =>
    get(pool, '/products/1', reject, () => {
      responses.recordValue(Math.round((performance.now() - intendedMs) * 1_000));
      if (responses.totalCount === sessions.length) resolve();
    });

  const cpuAt = (atMs: number): Promise<number> =>
    new Promise((resolve) => setTimeout(() => resolve(cpuSeconds()), atMs - performance.now()));
  const cpuOfSpan = Promise.all([cpuAt(zeroMs), cpuAt(zeroMs + job.durationMs)]);
  let next = 0;
  const sendDue = (): void => {
    for (let session = sessions[next]; session !== undefined; session = sessions[next]) {
      const intendedMs = zeroMs + session.startMs;
      const nowMs = performance.now();
      if (intendedMs > nowMs) {
        setTimeout(sendDue, Math.floor(intendedMs - nowMs));
        return;
      }
      lateness.recordValue(Math.round((nowMs - intendedMs) * 1_000));
      request(intendedMs);
      next += 1;
    }
  };
  sendDue();
  const [before, after] = await cpuOfSpan;
  await allAnswered;
  await pool.close();
  return {
    requestCount: sessions.filter(({ startMs }) => startMs >= 0).length,
    cpuSeconds: after - before,
    latenessP99Ms: lateness.getValueAtPercentile(99) / 1_000,
  };
}

/** A GET read to its end. */
function get(pool: Pool, path: string, failed: (error: Error) => void, ended: () => void): void {
  pool.dispatch(
    { method: 'GET', path, headers: HEADERS },
    {
      onRequestStart: () => undefined,
      onResponseStart: () => undefined,
      onResponseData: () => undefined,
      onResponseEnd: ended,
      onResponseError: (_controller, error) => failed(error),
    },
  );
}

serveJobs<BareLoopJob>(run);
