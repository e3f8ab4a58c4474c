// The whole generator, as a process of its own, against a stub shop on a real port: what it says of requests that are still
// under way when a run ends, and of what it lacked itself.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeFromCompressedBase64 } from 'hdr-histogram-js';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { Attempt } from '../adapters/our-shop/attempts.ts';
import {
  type FromGenerator,
  GENERATOR_NODE_FLAGS,
  type GeneratorSecond,
  type GeneratorSummary,
} from '../engine/protocol/protocol.ts';
import { DEFAULT_SETTINGS } from '../history/year/settings.ts';
import type { RunPlan } from '../model/run-plan.ts';
import type { GeneratorInput } from './input.ts';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'stampede-generator-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SESSION = {
  customerId: 1,
  accessToken: 'a'.repeat(43),
  accessTokenExpiresInSeconds: 3_600,
  refreshToken: 'r'.repeat(43),
};
type Answer = (request: IncomingMessage, response: ServerResponse) => void;
let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** Gives sessions at once; `answer` does everything else. Sockets are accepted and never spoken to. */
async function stubShop(answer: Answer): Promise<string> {
  server = createServer((request, response) => {
    request.resume();
    if (request.url !== '/sessions/refresh') return answer(request, response);
    response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify(SESSION));
  });
  // Held open, as a socket of the shop would be.
  server.on('upgrade', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const ok: Answer = (_request, response) => void response.writeHead(200).end('{}');

/** `count` sessions, evenly over the first `withinMs` of the span. */
function planOf(count: number, withinMs: number): RunPlan {
  const people = Array.from({ length: count }, (_, index) => ({ id: index + 1 })) as RunPlan['people'];
  const sessions = people.map(({ id }, index) => ({
    index,
    startMs: (index * withinMs) / count,
    personId: id,
  }));
  return { seed: 1, sessions, candidates: [], people };
}

type Ran = { rows: GeneratorSecond[]; attempts: Attempt[]; summary: GeneratorSummary };

/** Runs a plan in a generator that may open `fileLimit` files. */
function run(plan: RunPlan, input: Partial<GeneratorInput>, fileLimit = 4_096): Promise<Ran> {
  const planFile = join(folder, `plan-${Math.random()}.json`);
  writeFileSync(planFile, JSON.stringify(plan));
  const child = spawn(
    'sh',
    ['-c', `ulimit -n ${fileLimit}; exec "$@"`, 'sh', process.execPath, ...GENERATOR_NODE_FLAGS, main],
    { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], serialization: 'advanced' },
  );
  const rows: GeneratorSecond[] = [];
  const attempts: Attempt[] = [];
  return new Promise((resolve, reject) => {
    child.on('message', (message: FromGenerator<Attempt>) => {
      if (message.type === 'second') rows.push(message.row);
      if (message.type === 'attempts') attempts.push(...message.attempts);
      if (message.type === 'failed') reject(new Error(message.message));
      if (message.type === 'done') resolve({ rows, attempts, summary: message.summary });
    });
    child.on('exit', (code) => reject(new Error(`the generator ended with ${code}`)));
    const whole: GeneratorInput = {
      shopUrls: [],
      seed: 1,
      history: {
        ...DEFAULT_SETTINGS,
        people: 1,
        products: 200,
        days: 1,
        untilMs: Date.UTC(2026, 10, 20, 11),
      },
      planFile,
      sessionKind: 'request',
      durationMs: 1_000,
      leadInMs: 0,
      warmUpOrderCount: 0,
      thinkTimeCompression: 1,
      passwordSignInRatio: 0,
      httpDeadlineMs: 5_000,
      outcomeDeadlineMs: 5_000,
      drainMs: 1_000,
      ...input,
    };
    child.send({ type: 'start', input: whole });
  });
}

const partsOf = ({ rows }: Ran, metric: string) =>
  rows.flatMap(({ histograms }) => histograms).filter((part) => part.metric === metric && part.second === 0);
const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

describe('when the drain ends', { timeout: 60_000 }, () => {
  it('requests under way are in every figure, at the time that they have waited', async () => {
    let askedCount = 0;
    const shopUrl = await stubShop((request, response) => {
      // 39 of 100 are left without an answer.
      if (askedCount++ >= 39) ok(request, response);
    });
    const ran = await run(planOf(100, 900), { shopUrls: [shopUrl] });
    const parts = partsOf(ran, 'http.response');
    expect(sum(parts.map(({ sampleCount }) => sampleCount))).toBe(100);
    expect(sum(parts.map(({ censoredCount }) => censoredCount))).toBe(39);
    // They had waited for the drain of 1 s, and for less than the deadline of 5 s.
    for (const { censoredFromMs, encoded } of parts) {
      expect(censoredFromMs).toBeGreaterThanOrEqual(1_000);
      expect(decodeFromCompressedBase64(encoded).maxValue / 1_000).toBeLessThan(5_000);
    }
    expect(ran.summary).toMatchObject({
      requestsSucceededCount: 61,
      requestsFailedCount: 39,
      unknownCount: 39,
      failures: { 'unfinished GET /products/:id': 39 },
    });
    const requests = ran.rows.flatMap(({ intendedRequests }) => intendedRequests);
    expect(requests.filter(({ second }) => second === 0)).toEqual([{ second: 0, succeeded: 61, failed: 39 }]);
  });

  it('orders that wait for their outcome have waited so long, not until their deadline', async () => {
    const shopUrl = await stubShop((request, response) => {
      if (request.method === 'POST') response.writeHead(202).end('{}');
      else response.writeHead(404).end('{}');
    });
    const ran = await run(planOf(10, 100), { shopUrls: [shopUrl], sessionKind: 'order' });
    const parts = partsOf(ran, 'order.confirmed');
    expect(sum(parts.map(({ censoredCount }) => censoredCount))).toBe(10);
    for (const { censoredFromMs, encoded } of parts) {
      expect(censoredFromMs).toBeGreaterThanOrEqual(1_000);
      expect(decodeFromCompressedBase64(encoded).maxValue / 1_000).toBeLessThan(5_000);
    }
    expect(ran.attempts).toHaveLength(10);
    for (const attempt of ran.attempts.filter(({ kind }) => kind === 'order'))
      expect(attempt).toMatchObject({ answer: 'accepted', outcome: null, outcomeAfterMs: null });
  });
});

describe('a generator without file descriptors', { timeout: 60_000 }, () => {
  it('says that it lacked them for its requests, and holds nothing against the shop', async () => {
    const held: ServerResponse[] = [];
    const shopUrl = await stubShop((_request, response) => {
      held.push(response);
      setTimeout(() => response.writeHead(200).end('{}'), 500);
    });
    const ran = await run(planOf(200, 200), { shopUrls: [shopUrl] }, 64);
    expect(ran.summary.starved.EMFILE).toBeGreaterThan(50);
    expect(ran.summary).toMatchObject({ requestsFailedCount: 0, unknownCount: 0, failures: {} });
    // Only what reached the shop is a sample of it.
    const parts = partsOf(ran, 'http.response');
    expect(sum(parts.map(({ sampleCount }) => sampleCount))).toBe(held.length);
    expect(sum(parts.map(({ censoredCount }) => censoredCount))).toBe(0);
  });

  it('says so of its sockets, too', async () => {
    const shopUrl = await stubShop((request, response) => {
      if (request.method === 'POST') response.writeHead(202).end('{}');
      else response.writeHead(404).end('{}');
    });
    const ran = await run(planOf(100, 400), { shopUrls: [shopUrl], sessionKind: 'order' }, 64);
    expect(ran.summary.starved.EMFILE).toBeGreaterThan(0);
    expect(ran.summary.failures).not.toHaveProperty('socket connect');
  });

  it('that cannot even warm up says why, and not that the shop gave no session', async () => {
    const shopUrl = await stubShop(ok);
    const starved = run(planOf(50, 400), { shopUrls: [shopUrl], sessionKind: 'order' }, 32);
    await expect(starved).rejects.toThrow(
      /^warm-up: The generator ran out of file descriptors \(EMFILE, once\)/,
    );
  });
});
