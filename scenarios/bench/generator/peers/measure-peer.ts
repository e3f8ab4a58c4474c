// One run of a peer against the stub: CPU of its processes over the middle of the run, by the requests that the stub answered
// meanwhile, so that all are counted by the same.
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startProgram } from '../../../../deploy/local/programs/programs.ts';
import { createProcessSampler } from '../../../cell/process-sampler.ts';
import type { BenchContext } from '../../bench.ts';
import type { StubShop } from '../../programs/stub-shop.ts';
import type { RequestLoad } from '../request-plan.ts';
import type { PeerCommand } from './find-peer.ts';
import type { Peer, PeerReport, PeerRun } from './peers.ts';

export type PeerFound = { kind: 'cost'; cpuMs: number } | { kind: 'failed'; why: string };

const START_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 50;
/** The peer goes on for so long after the measured span. */
const SPARE_SECONDS = 2;
/** A peer that cannot keep to the rate is not measured at it. */
const LEAST_RATE_RATIO = 0.95;
const MOST_FAILED_RATIO = 0.01;

export async function measurePeer(
  peer: Peer,
  [command, ...words]: PeerCommand,
  { context, shop, load }: { context: BenchContext; shop: StubShop; load: RequestLoad },
): Promise<PeerFound> {
  const { folder, monotonicMs } = context;
  const seconds = Math.ceil((load.leadInMs + load.durationMs) / 1_000) + SPARE_SECONDS;
  const run: PeerRun = { url: shop.url, folder, load, seconds };
  for (const [name, text] of Object.entries(peer.files(run))) await writeFile(join(folder, name), text);
  const before = await shop.answeredCount();
  const program = await startProgram({
    name: `bench-${peer.name}`,
    command,
    args: [...words, ...peer.args(run)],
    cwd: folder,
    env: { ...process.env, ...peer.env },
    logFile: join(folder, `${peer.name}-${load.requestsPerSecond}.log`),
  });
  try {
    const deadlineMs = monotonicMs() + START_WITHIN_MS;
    while ((await shop.answeredCount()) === before) {
      if (monotonicMs() > deadlineMs)
        return { kind: 'failed', why: `it asked for nothing within 30 s; see ${program.logFile}` };
      await wait(LOOK_EVERY_MS);
    }
    await wait(load.leadInMs);
    const spent = await cpuOver(program.pid, shop, load.durationMs, monotonicMs);
    const { code } = await program.exited;
    if (code !== 0) return { kind: 'failed', why: `it ended with exit code ${code}; see ${program.logFile}` };
    const report = await reportOf(peer, folder, program.logFile, command);
    return judgePeer(load.requestsPerSecond, spent, report);
  } finally {
    await program.stop();
  }
}

type Spent = { cpuMs: number; elapsedMs: number; answeredCount: number };

async function cpuOver(pid: number, shop: StubShop, durationMs: number, now: () => number): Promise<Spent> {
  const sampler = createProcessSampler(now);
  sampler.sample({ peer: [pid] });
  const [fromMs, from] = [now(), await shop.answeredCount()];
  await wait(durationMs);
  const { peer: cpuRatio = 0 } = sampler.sample({ peer: [pid] }).cpuRatios;
  const elapsedMs = now() - fromMs;
  return { cpuMs: cpuRatio * elapsedMs, elapsedMs, answeredCount: (await shop.answeredCount()) - from };
}

async function reportOf(peer: Peer, folder: string, logFile: string, command: string): Promise<PeerReport> {
  const text =
    peer.reportArgs === undefined
      ? await readFile(peer.reportFile === undefined ? logFile : join(folder, peer.reportFile), 'utf8')
      : execFileSync(command, peer.reportArgs, { cwd: folder, encoding: 'utf8' });
  return peer.read(text);
}

/** What a request cost, or why that cannot be said: it was too slow for the rate, or its requests failed. */
export function judgePeer(
  requestsPerSecond: number,
  { cpuMs, elapsedMs, answeredCount }: Spent,
  { sentCount, failedCount }: PeerReport,
): PeerFound {
  const reached = (answeredCount * 1_000) / elapsedMs;
  if (reached < LEAST_RATE_RATIO * requestsPerSecond)
    return { kind: 'failed', why: `it reached ${Math.round(reached)} requests/s` };
  if (failedCount > MOST_FAILED_RATIO * sentCount)
    return { kind: 'failed', why: `${failedCount} of its ${sentCount} requests failed` };
  return { kind: 'cost', cpuMs: cpuMs / answeredCount };
}
