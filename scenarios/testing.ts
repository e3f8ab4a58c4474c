// What the tests of several folders need: a generator's healthy figures, and the command as a person types it, with the test's
// services, a lock and a home of its own.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { GeneratorSummary } from '../sim/engine/protocol/protocol.ts';
import { repositoryRoot } from './data/repository.ts';

export type Ended = { code: number | null; stdout: string; stderr: string };

/** A command under way: its process, and its end with all that it said. */
export type Running = { child: ChildProcessByStdio<null, Readable, Readable>; ended: Promise<Ended> };

/** Starts an entry point of the repository with `words`; `folder` takes all it leaves. */
export function startCommand(entry: string, folder: string, words: readonly string[]): Running {
  const child = spawn(
    process.execPath,
    ['-r', join(repositoryRoot, 'deploy/require-node.cjs'), join(repositoryRoot, entry), ...words],
    {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        CI: 'true',
        TMPDIR: folder,
        STAMPEDE_HOME: join(folder, 'home'),
        DATABASE_URL: process.env.STAMPEDE_TEST_DATABASE_URL,
        REDIS_URL: process.env.STAMPEDE_TEST_REDIS_URL,
        KAFKA_BROKERS: process.env.STAMPEDE_TEST_KAFKA_BROKERS,
      },
    },
  );
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (output.stdout += chunk));
  child.stderr.on('data', (chunk) => (output.stderr += chunk));
  const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, ...output })));
  return { child, ended };
}

/** Starts an entry point of the repository with `words` and waits for its end; `folder` takes all it leaves. */
export function runCommand(entry: string, folder: string, words: readonly string[]): Promise<Ended> {
  return startCommand(entry, folder, words).ended;
}

/** Of a generator that did its part. */
export const healthySummary: GeneratorSummary = {
  plannedCount: 1_000,
  startedCount: 1_000,
  droppedCount: 0,
  noFreePersonCount: 0,
  unknownCount: 0,
  latenessP50Ms: 0.4,
  latenessP99Ms: 1.8,
  latenessMaxMs: 9,
  eventLoopLagP99Ms: 4,
  cpuSeconds: 20,
  spanSeconds: 60,
  requestsSucceededCount: 5_000,
  requestsFailedCount: 0,
  failures: {},
  starved: {},
  occupancy: {
    meanOpenCount: 40,
    stepsPerSecond: 100,
    meanThinkMs: 380,
    meanResponseMs: 20,
    cutCount: 0,
  },
};

/** `--set` before each. */
export const set = (assignments: readonly string[]): string[] =>
  assignments.flatMap((assignment) => ['--set', assignment]);

/** A short rehearsal: a short past of a small shop, little before and after; six seconds of thirty orders carry a p99. */
export const quickly = [
  'data.days=20',
  'data.people=1000',
  'data.products=500',
  'load.arrivals=orders',
  'load.ordersPerSecond=30',
  'load.leadInSeconds=1',
  'load.drainSeconds=5',
  'load.warmUpOrders=20',
];

/** The generator is judged by no clock: whether this machine is quick or slow while the tests run is not the question. */
export const unhurriedGenerator = [
  'generator.latenessP99MsAtMost=60000',
  'generator.eventLoopLagP99MsAtMost=60000',
  'generator.cpuRatioAtMost=1',
];
