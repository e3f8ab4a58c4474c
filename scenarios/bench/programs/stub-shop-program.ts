// A shop that is nothing but a known delay, or a known capacity: it gives sessions, answers every GET with a product and
// keeps how long each GET was with it. `stall` lets it stand still for a while: what comes then is answered when the stall
// is over.
import { createServer, type ServerResponse } from 'node:http';
import { createRandom } from '../../../sim/model/chance/random.ts';
import { serveJobs } from './serve-jobs.ts';
import { listenOnLoopback, monotonicMs, sendJson } from './stub-http.ts';
import { createServers, type ServerSettings } from './stub-servers.ts';

export type StubJob =
  /** Listens; answers its URL. */
  | { kind: 'listen'; delay: StubDelay }
  /** Between these times of the machine's monotonic clock. Answers null. */
  | { kind: 'stall'; fromMs: number; untilMs: number }
  /** Answers the times in ms that GETs were with it since the last report, ascending. */
  | { kind: 'report' }
  /** Answers how many GETs were answered since the start. */
  | { kind: 'count' };

/** By chance, as servers that work one request after the other, or null: it answers at once and keeps no times. */
export type StubDelay = { medianMs: number; sigma: number; seed: number } | ServerSettings | null;

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

let stall = { fromMs: Infinity, untilMs: Infinity };
let heldMs: number[] = [];
let answeredCount = 0;

function sendProduct(response: ServerResponse): void {
  answeredCount += 1;
  sendJson(response, 200, PRODUCT);
}

/** How long a request that arrives now is with the shop; null: it is refused. */
function delays(delay: NonNullable<StubDelay>): (arrivedMs: number) => number | null {
  if ('serverCount' in delay) return createServers(delay);
  const random = createRandom(delay.seed, 'stub-delay');
  return () => delay.medianMs * Math.exp(delay.sigma * random.normal());
}

function listen(delay: StubDelay): Promise<string> {
  const delayOf = delay === null ? null : delays(delay);
  const server = createServer((request, response) => {
    if (request.method !== 'GET') {
      request.resume();
      const session = { customerId: 1, accessToken: 'a'.repeat(43), accessTokenExpiresInSeconds: 3_600 };
      sendJson(response, 200, JSON.stringify({ ...session, refreshToken: 'r'.repeat(43) }));
      return;
    }
    if (delayOf === null) {
      sendProduct(response);
      return;
    }
    const arrivedMs = monotonicMs();
    const isStalled = arrivedMs >= stall.fromMs && arrivedMs < stall.untilMs;
    const delayMs = delayOf(arrivedMs);
    if (delayMs === null) {
      response.writeHead(503).end();
      return;
    }
    const waitMs = (isStalled ? stall.untilMs - arrivedMs : 0) + delayMs;
    setTimeout(() => {
      heldMs.push(monotonicMs() - arrivedMs);
      sendProduct(response);
    }, waitMs);
  });
  return listenOnLoopback(server);
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
    case 'count':
      return answeredCount;
  }
});
