// The shop's processes for fault tests: started as an operator would, ended as a fault would. Not used by the shop itself.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { until } from './until.ts';

const MAIN = new URL('../main.ts', import.meta.url).pathname;

export type ShopProcess = {
  url: string;
  /** Ends it at once; it can do nothing about it. */
  kill(): Promise<void>;
  /** Ends it in an orderly way. @throws Error when it does not end with 0. */
  stop(): Promise<void>;
  /** Whether it still runs as the same process. */
  isRunning(): boolean;
  /** Its last log lines. */
  log(): string;
};

/** Starts a process of the shop and waits until it is ready. */
export async function startShopProcess(environment: Record<string, string>): Promise<ShopProcess> {
  const child = spawn(process.execPath, [MAIN, 'serve'], {
    env: { PATH: process.env.PATH, LOG_LEVEL: 'info', PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output = `${output}${chunk}`.slice(-100_000);
    });
  const ended = once(child, 'exit');
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  const shop: Omit<ShopProcess, 'url'> = {
    isRunning,
    log: () => output,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async stop() {
      child.kill('SIGTERM');
      const [code, signal] = await ended;
      if (code !== 0) throw new Error(`the shop ended with ${code ?? signal}, needed 0:\n${output}`);
    },
  };
  try {
    const url = await until('the address of a shop', () => {
      if (!isRunning()) throw new Error(`the shop ended with ${child.exitCode}:\n${output}`);
      return /"url":"([^"]+)"/.exec(output)?.[1];
    });
    await until('a shop that is ready', () => isReady(url));
    return { url, ...shop };
  } catch (error) {
    await shop.kill();
    throw error;
  }
}

/** Whether all roles of a process can work. */
export async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(3_000) }).then(
    ({ ok }) => ok,
    () => false,
  );
}
