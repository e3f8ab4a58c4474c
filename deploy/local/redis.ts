// Starts a Redis of this machine as a cache: nothing on disk, a bound on memory, the least recently used goes first.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts } from './free-ports.ts';
import { probeRedis } from './probes.ts';
import { startProgram } from './programs.ts';
import { untilReady } from './readiness.ts';
import type { StackService, StartContext, StartedService } from './stack-service.ts';

/** Starts `redis-server` of the PATH on a free port of 127.0.0.1 and waits until it answers. */
export async function startRedis(context: StartContext): Promise<StartedService> {
  const startedMs = performance.now();
  const [port] = await freePorts(1);
  const directory = join(context.dataDirectory, 'redis');
  mkdirSync(directory, { recursive: true });
  context.report('starting', `redis-server on port ${port}`);
  const program = await startProgram({
    name: 'redis',
    command: 'redis-server',
    args: [
      ...['--port', String(port), '--bind', '127.0.0.1', '--dir', directory, '--daemonize', 'no'],
      ...['--save', '', '--appendonly', 'no', '--maxmemory', '256mb', '--maxmemory-policy', 'allkeys-lru'],
    ],
    home: context.home,
    graceMs: 5_000,
    endTogether: 'stack',
  });
  const url = `redis://127.0.0.1:${port}`;
  try {
    const facts = await untilReady({
      what: 'Redis',
      programs: [program],
      probe: () => probeRedis(url),
      deadlineMs: 20_000,
      signal: context.signal,
    });
    const startedInMs = Math.round(performance.now() - startedMs);
    const { pid } = program;
    const service: StackService = { name: 'redis', origin: 'local', pid, pids: [pid], startedInMs, ...facts };
    return { url, service, programs: [program] };
  } catch (error) {
    await program.stop();
    throw error;
  }
}
