// nginx before the API's processes, as the shop is deployed, on loopback and for as long as this process wants it.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePorts } from '../programs/free-ports.ts';
import { lastLines } from '../programs/log-tail.ts';
import { type ProgramExit, startProgram } from '../programs/programs.ts';
import { findNginx } from './find-nginx.ts';
import { nginxConfiguration } from './nginx-configuration.ts';

const CONFIGURATION = new URL('../../nginx/nginx.conf', import.meta.url);
const READY_WITHIN_MS = 60_000;
const ANSWERED_WITHIN_MS = 5_000;
const ASK_EVERY_MS = 25;

export type Balancer = {
  url: string;
  /** Of its first process and of those that work for it. */
  pids(): number[];
  exited: Promise<ProgramExit>;
  logFile: string;
  /** Ends it at once, whatever is open through it. */
  stop(): Promise<void>;
};

/**
 * Starts it before API processes that are ready already; resolves when it passes requests on.
 * @throws Error when there is no nginx, or when it ends or passes nothing on
 */
export async function startBalancer(input: {
  apiPorts: readonly number[];
  logFolder: string;
  nice?: number;
}): Promise<Balancer> {
  const found = findNginx(process.env);
  if ('missing' in found) throw new Error(`The balancer cannot be started: ${found.missing}.`);
  const [port = 0] = await freePorts(1);
  const folder = mkdtempSync(join(tmpdir(), 'stampede-nginx-'));
  const file = join(folder, 'nginx.conf');
  writeFileSync(
    file,
    nginxConfiguration(readFileSync(CONFIGURATION, 'utf8'), { port, apiPorts: input.apiPorts, folder }),
  );
  const program = await startProgram({
    name: 'nginx',
    command: found.path,
    // Its workers are whoever it is: another account could not read a folder of ours.
    args: ['-p', folder, '-c', file, '-g', `daemon off;${process.getuid?.() === 0 ? ' user root;' : ''}`],
    logFile: join(input.logFolder, 'nginx.log'),
    ...(input.nice === undefined ? {} : { nice: input.nice }),
  });
  const stop = async () => {
    await program.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  let isGivenUp = false;
  try {
    await Promise.race([
      untilItPasses(url, () => isGivenUp),
      program.exited.then(() => {
        throw new Error(
          `nginx ended before it passed anything on: ${lastLines(program.logFile, 1).join('')}`,
        );
      }),
    ]);
  } catch (error) {
    isGivenUp = true;
    await stop();
    throw error;
  }
  return {
    url,
    pids: () => [program.pid, ...childrenOf(program.pid)],
    exited: program.exited,
    logFile: program.logFile,
    stop,
  };
}

async function untilItPasses(url: string, isGivenUp: () => boolean): Promise<void> {
  const untilMs = Date.now() + READY_WITHIN_MS;
  while (!isGivenUp()) {
    const status = await statusOf(`${url}/health/ready`);
    if (status === 200) return;
    if (Date.now() > untilMs)
      throw new Error(`nginx at ${url} answers ${status} where the API’s readiness was asked; needed 200.`);
    await wait(ASK_EVERY_MS);
  }
}

/** 0 where there is no whole answer in time. */
async function statusOf(url: string): Promise<number> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(ANSWERED_WITHIN_MS) });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return 0;
  }
}

/** Where /proc tells; none elsewhere. */
function childrenOf(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    return children === '' ? [] : children.split(' ').map(Number);
  } catch {
    return [];
  }
}
