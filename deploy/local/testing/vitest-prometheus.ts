// Prometheus for the tests of its rules and of the dashboard: `promtool` to check files, and a server that scrapes what a test
// runs. No ordinary run starts it.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts } from '../programs/free-ports.ts';
import { type Program, startProgram } from '../programs/programs.ts';
import { describeIfFound } from './vitest-program.ts';

const READY_WITHIN_MS = 60_000;
const POLL_MS = 100;

export type PrometheusSearch = { prometheus: string; promtool: string } | { missing: string };

/** Where Prometheus's two programs are: in PROMETHEUS_HOME, else on the PATH; or one line about what to do. */
export function findPrometheus(
  environment: { PROMETHEUS_HOME?: string | undefined; PATH?: string | undefined },
  exists: (path: string) => boolean = existsSync,
): PrometheusSearch {
  const { PROMETHEUS_HOME: home, PATH = '' } = environment;
  const folders = home ? [home] : PATH.split(':').filter((folder) => folder !== '');
  const find = (name: string) => folders.map((folder) => join(folder, name)).find(exists);
  const [prometheus, promtool] = [find('prometheus'), find('promtool')];
  if (prometheus && promtool) return { prometheus, promtool };
  const lacking = prometheus ? 'promtool' : 'prometheus';
  const advice =
    'apt-get install --no-install-recommends prometheus, or name the folder of both in PROMETHEUS_HOME';
  return { missing: `found no ${lacking} in ${home ?? 'PATH'}, needed one: ${advice}` };
}

/** Tests with Prometheus's programs, or none where they are missing. */
export function describeWithPrometheus(name: string, tests: () => void): void {
  describeIfFound(findPrometheus(process.env), name, tests);
}

function programs(): { prometheus: string; promtool: string } {
  const found = findPrometheus(process.env);
  if ('missing' in found) throw new Error(found.missing);
  return found;
}

/** Runs promtool to its end; gives its exit code and all that it said. */
export function promtool(...args: string[]): Promise<{ code: number; said: string }> {
  return new Promise((settle) => {
    execFile(programs().promtool, args, (error, stdout, stderr) => {
      const code = typeof error?.code === 'number' ? error.code : error ? 1 : 0;
      settle({ code, said: `${stdout}${stderr}` });
    });
  });
}

/** A sample of an instant query; `value` may be NaN. */
export type Sample = { metric: Record<string, string>; value: number };

export type TestPrometheus = {
  /** Asks for the present. Throws, with Prometheus's words, where the expression is none. */
  query(expression: string): Promise<Sample[]>;
  /** GET of its HTTP API, e.g. `targets`; gives `data` of the answer. */
  get(path: string): Promise<unknown>;
  stop(): Promise<void>;
};

/** Starts a server with this configuration, with an empty storage in `folder`; resolves when it is ready. */
export async function startPrometheus(options: {
  configFile: string;
  folder: string;
}): Promise<TestPrometheus> {
  const [port] = await freePorts(1);
  const address = `127.0.0.1:${port}`;
  const program = await startProgram({
    name: 'test-prometheus',
    command: programs().prometheus,
    args: [
      `--config.file=${options.configFile}`,
      `--storage.tsdb.path=${join(options.folder, 'tsdb')}`,
      `--web.listen-address=${address}`,
    ],
    logFile: join(options.folder, 'prometheus.log'),
  });
  await untilReady(program, address);
  const get = async (path: string) => {
    const answer = await fetch(`http://${address}/api/v1/${path}`);
    const body = (await answer.json()) as { status: string; error?: string; data?: unknown };
    if (body.status !== 'success') throw new Error(`Prometheus was asked ${path} and said: ${body.error}`);
    return body.data;
  };
  return {
    async query(expression) {
      const data = (await get(`query?query=${encodeURIComponent(expression)}`)) as {
        result: { metric: Record<string, string>; value: [number, string] }[];
      };
      return data.result.map(({ metric, value }) => ({ metric, value: Number(value[1]) }));
    },
    get,
    stop: async () => {
      await program.stop();
    },
  };
}

async function untilReady(program: Program, address: string): Promise<void> {
  let hasEnded = false;
  void program.exited.then(() => {
    hasEnded = true;
  });
  const deadlineMs = performance.now() + READY_WITHIN_MS;
  for (;;) {
    const answer = await fetch(`http://${address}/-/ready`).catch(() => null);
    if (answer?.ok) return;
    if (hasEnded || performance.now() > deadlineMs) {
      await program.stop();
      throw new Error(
        `Prometheus was not ready within ${READY_WITHIN_MS / 1_000} s; its log is ${program.logFile}`,
      );
    }
    await new Promise((settle) => setTimeout(settle, POLL_MS));
  }
}
