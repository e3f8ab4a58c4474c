// What a user may pick instead of the engine, each told to ask the same stub the same thing at the same rate: its command, the
// files it reads, and what its own report says went through. Command lines as of vegeta 12, autocannon 8 and 9, artillery 2, Locust 2.
import type { RequestLoad } from '../request-plan.ts';

export type PeerRun = { url: string; folder: string; load: RequestLoad; seconds: number };

export type PeerReport = { sentCount: number; failedCount: number };

export type Peer = {
  name: string;
  /** Open: starts keep to the rate whatever the stub does. Closed: each waits for its answer, and is held back to the rate. */
  model: 'open' | 'closed';
  /** Whether npm may have it where it is not on PATH. */
  isOfNpm: boolean;
  /** Contents of the files that it reads, by name. */
  files(run: PeerRun): Record<string, string>;
  args(run: PeerRun): string[];
  env?: Record<string, string>;
  /** Reads its report: a file in the folder, or else what it printed. @throws Error when it is not what is expected */
  reportFile?: string;
  /** What makes the report of what it wrote, where that takes a command of its own. */
  reportArgs?: string[];
  read(text: string): PeerReport;
};

/** Idle connections, as many as the engine opens. */
const CONNECTION_COUNT = 256;
const PATH = '/products/1';
const HEADERS = { accept: 'application/json', authorization: `Bearer ${'a'.repeat(43)}` };
/** Locust holds each user to so many requests a second. */
const REQUESTS_OF_A_USER = 20;

const numberIn = (from: unknown, ...path: string[]): number => {
  const value = path.reduce<unknown>(
    (at, name) => (typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined),
    from,
  );
  if (typeof value !== 'number')
    throw new Error(`${path.join('.')}: found ${String(value)}, needed a number.`);
  return value;
};

const vegeta: Peer = {
  name: 'vegeta',
  model: 'open',
  isOfNpm: false,
  files: ({ url }) => ({
    'vegeta-targets.txt': `GET ${url}${PATH}\n${Object.entries(HEADERS)
      .map(([name, value]) => `${name}: ${value}\n`)
      .join('')}`,
  }),
  args: ({ load, seconds }) => [
    'attack',
    '-targets=vegeta-targets.txt',
    `-rate=${load.requestsPerSecond}/1s`,
    `-duration=${seconds}s`,
    `-connections=${CONNECTION_COUNT}`,
    '-max-body=0',
    '-output=vegeta.bin',
  ],
  reportArgs: ['report', '-type=json', 'vegeta.bin'],
  read(text) {
    const report: unknown = JSON.parse(text);
    const sentCount = numberIn(report, 'requests');
    return { sentCount, failedCount: Math.round(sentCount * (1 - numberIn(report, 'success'))) };
  },
};

const autocannon: Peer = {
  name: 'autocannon',
  model: 'closed',
  isOfNpm: true,
  files: () => ({}),
  args: ({ url, load, seconds }) => [
    '--json',
    '--no-progress',
    `--connections=${CONNECTION_COUNT}`,
    `--overallRate=${load.requestsPerSecond}`,
    `--duration=${seconds}`,
    ...Object.entries(HEADERS).flatMap(([name, value]) => ['-H', `${name}=${value}`]),
    `${url}${PATH}`,
  ],
  read(text) {
    const line = text.split('\n').find((own) => own.startsWith('{'));
    const report: unknown = JSON.parse(line ?? 'null');
    const failed = ['errors', 'non2xx'].map((name) => numberIn(report, name));
    return {
      sentCount: numberIn(report, 'requests', 'sent'),
      failedCount: failed.reduce((sum, count) => sum + count, 0),
    };
  },
};

const artillery: Peer = {
  name: 'artillery',
  model: 'open',
  isOfNpm: true,
  env: { ARTILLERY_DISABLE_TELEMETRY: 'true' },
  files: ({ url, load, seconds }) => ({
    'artillery.json': JSON.stringify({
      config: {
        target: url,
        phases: [{ duration: seconds, arrivalRate: load.requestsPerSecond }],
        http: { pool: CONNECTION_COUNT },
      },
      scenarios: [{ flow: [{ get: { url: PATH, headers: HEADERS } }] }],
    }),
  }),
  args: () => ['run', '--quiet', '--output', 'artillery-report.json', 'artillery.json'],
  reportFile: 'artillery-report.json',
  read(text) {
    const report: unknown = JSON.parse(text);
    const sentCount = numberIn(report, 'aggregate', 'counters', 'http.requests');
    return { sentCount, failedCount: numberIn(report, 'aggregate', 'counters', 'vusers.failed') };
  },
};

const locust: Peer = {
  name: 'locust',
  model: 'closed',
  isOfNpm: false,
  files: () => ({
    'locustfile.py': `from locust import FastHttpUser, constant_throughput, task

class Visitor(FastHttpUser):
    wait_time = constant_throughput(${REQUESTS_OF_A_USER})

    @task
    def product(self):
        self.client.get("${PATH}", headers=${JSON.stringify(HEADERS)})
`,
  }),
  args({ url, load, seconds }) {
    const users = String(Math.ceil(load.requestsPerSecond / REQUESTS_OF_A_USER));
    return [
      ...['-f', 'locustfile.py', '--headless', '--host', url, '--users', users, '--spawn-rate', users],
      ...['--run-time', `${seconds}s`, '--json', '--only-summary'],
    ];
  },
  read(text) {
    const json = /^\[\n[\s\S]*?^\]$/m.exec(text)?.[0];
    const report: unknown = JSON.parse(json ?? 'null');
    return {
      sentCount: numberIn(report, '0', 'num_requests'),
      failedCount: numberIn(report, '0', 'num_failures'),
    };
  },
};

export const peers: readonly Peer[] = [vegeta, artillery, autocannon, locust];
