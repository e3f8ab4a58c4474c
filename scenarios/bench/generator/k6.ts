// k6 at the same rate, where it is installed: a rival that is a product, not a loop. Its CPU is read from Linux's /proc.
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startProgram } from '../../../deploy/local/programs/programs.ts';
import { createProcessSampler } from '../../cell/process-sampler.ts';
import type { RequestLoad } from './request-plan.ts';

/** From the start of k6 to its first request, with time to spare. */
const START_UP_MS = 2_000;

/** The k6 on PATH; null where there is none, or no /proc to read its CPU from. */
export function findK6(): string | null {
  if (!existsSync('/proc/stat')) return null;
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, 'k6')).find((file) => existsSync(file)) ?? null;
}

/** CPU ms a request, over the middle of k6's constant-arrival-rate run. */
export async function measureK6(options: {
  k6: string;
  url: string;
  folder: string;
  load: RequestLoad;
  monotonicMs: () => number;
}): Promise<number> {
  const { load, folder } = options;
  const script = join(folder, 'k6.js');
  const summaryFile = join(folder, 'k6-summary.json');
  await writeFile(script, scriptOf(options.url, load));
  const program = await startProgram({
    name: 'bench-k6',
    command: options.k6,
    args: [
      'run',
      '--quiet',
      '--no-usage-report',
      '--summary-export',
      summaryFile,
      '--address',
      '127.0.0.1:0',
      script,
    ],
    logFile: join(folder, 'k6.log'),
  });
  try {
    const sampler = createProcessSampler(options.monotonicMs);
    await wait(START_UP_MS + load.leadInMs);
    sampler.sample({ k6: [program.pid] });
    await wait(load.durationMs);
    const { k6: cpuRatio = 0 } = sampler.sample({ k6: [program.pid] }).cpuRatios;
    const { code } = await program.exited;
    if (code !== 0) throw new Error(`k6 ended with exit code ${code}; see ${program.logFile}.`);
    const summary = JSON.parse(await readFile(summaryFile, 'utf8')) as {
      metrics: { http_reqs: { rate: number } };
    };
    return (cpuRatio * 1_000) / summary.metrics.http_reqs.rate;
  } finally {
    await program.stop();
  }
}

function scriptOf(url: string, { requestsPerSecond, leadInMs, durationMs }: RequestLoad): string {
  const options = {
    discardResponseBodies: true,
    scenarios: {
      open: {
        executor: 'constant-arrival-rate',
        rate: requestsPerSecond,
        timeUnit: '1s',
        duration: `${2 * START_UP_MS + leadInMs + durationMs}ms`,
        preAllocatedVUs: 256,
      },
    },
  };
  const params = { headers: { accept: 'application/json', authorization: `Bearer ${'a'.repeat(43)}` } };
  return `import http from 'k6/http';
export const options = ${JSON.stringify(options)};
const params = ${JSON.stringify(params)};
export default () => { http.get('${url}/products/1', params); };
`;
}
