// A shop that is nothing but a known delay: it gives sessions, answers every GET with a product and keeps how long each GET
// was with it. `stall` lets it stand still for a while: what comes then is answered when the stall is over.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRandom } from '../../sim/model/random.ts';
import { serveJobs } from './serve-jobs.ts';

export type StubJob =
  /** Listens; answers its URL. `delay` null: it answers at once and keeps no times. */
  | { kind: 'listen'; delay: { medianMs: number; sigma: number; seed: number } | null }
  /** Between these times of the machine's monotonic clock. Answers null. */
  | { kind: 'stall'; fromMs: number; untilMs: number }
  /** Answers the times in ms that GETs were with it since the last report, ascending. */
  | { kind: 'report' };

const KEEP_ALIVE_MS = 60_000;
const PRODUCT = JSON.stringify({
  id: 1,
  categoryId: 3,
  name: 'A thing of some use',
  priceKrw: 12_900,
  listPriceKrw: 15_900,
  soldOut: false,
  image: '/images/3/1.svg',
  description: 'Made for a stub that has to say something. '.repeat(4),
  tags: ['useful', 'light', 'new'],
  stockCount: 1_000,
  orderCount: 17,
  registeredAt: '2026-01-01T00:00:00.000Z',
});

const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6;

let stall = { fromMs: Infinity, untilMs: Infinity };
let heldMs: number[] = [];

function sendJson(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

function delays({ medianMs, sigma, seed }: { medianMs: number; sigma: number; seed: number }): () => number {
  const random = createRandom(seed, 'stub-delay');
  return () => medianMs * Math.exp(sigma * random.normal());
}

async function listen(delay: Extract<StubJob, { kind: 'listen' }>['delay']): Promise<string> {
  const nextDelayMs = delay === null ? null : delays(delay);
  const server = createServer((request, response) => {
    if (request.method !== 'GET') {
      request.resume();
      const session = { customerId: 1, accessToken: 'a'.repeat(43), accessTokenExpiresInSeconds: 3_600 };
      sendJson(response, JSON.stringify({ ...session, refreshToken: 'r'.repeat(43) }));
      return;
    }
    if (nextDelayMs === null) {
      sendJson(response, PRODUCT);
      return;
    }
    const arrivedMs = monotonicMs();
    const isStalled = arrivedMs >= stall.fromMs && arrivedMs < stall.untilMs;
    const waitMs = (isStalled ? stall.untilMs - arrivedMs : 0) + nextDelayMs();
    setTimeout(() => {
      heldMs.push(monotonicMs() - arrivedMs);
      sendJson(response, PRODUCT);
    }, waitMs);
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

serveJobs<StubJob>((job) => {
  switch (job.kind) {
    case 'listen':
      return listen(job.delay);
    case 'stall':
      stall = job;
      return null;
    case 'report': {
      const sorted = heldMs.toSorted((a, b) => a - b);
      heldMs = [];
      return sorted;
    }
  }
});
