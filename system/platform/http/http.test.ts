import Type from 'typebox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHealth } from '../diagnostics/health.ts';
import { createLog } from '../diagnostics/log.ts';
import { createMetrics } from '../diagnostics/metrics.ts';
import { fixedClock } from '../settings/clock-testing.ts';
import { buildHttp, type HttpApp } from './http.ts';
import { ProblemError } from './problems.ts';

const Body = Type.Object(
  { count: Type.Integer({ minimum: 1 }), email: Type.String({ format: 'email' }) },
  { additionalProperties: false },
);

async function build(rateLimitPerSecond = 0): Promise<HttpApp> {
  const log = createLog({ level: 'silent', name: 'test' });
  const health = createHealth();
  health.add('broker', async () => 'no partition');
  const app = await buildHttp({
    config: { trustedProxies: [], rateLimitPerSecond },
    log,
    clock: fixedClock('2026-03-02T00:00:00Z'),
    metrics: createMetrics(),
    health,
  });
  app.post('/things', { schema: { body: Body } }, async ({ body }) => body);
  const Query = Type.Object({ page: Type.Integer({ minimum: 1 }) }, { additionalProperties: false });
  app.get('/things', { schema: { querystring: Query } }, async ({ query }) => query);
  app.get('/refused', async () => {
    throw new ProblemError({ status: 409, code: 'cart-full', detail: 'Too many.' });
  });
  app.get('/away', async () => {
    throw Object.assign(new Error('connect ECONNREFUSED 10.0.0.7'), { code: 'ECONNREFUSED' });
  });
  app.get('/redis-away', async () => {
    throw new Error('Command timed out');
  });
  app.get('/bug', async () => {
    throw new Error('secret of the house');
  });
  return app;
}

describe('the server', () => {
  let app: HttpApp;
  beforeAll(async () => {
    app = await build();
  });
  afterAll(() => app.close());

  test('names every field of an invalid body, and those it does not know', async () => {
    const answer = await app.inject({ method: 'POST', url: '/things', payload: { count: '3', extra: 1 } });
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toMatch('application/problem+json');
    const problem = answer.json();
    expect(problem).toMatchObject({ status: 400, code: 'invalid-request', title: 'Bad Request' });
    expect(problem.detail).toMatch(/body.count must be integer/);
    expect(problem.detail).toMatch(/email/);
    expect(problem.detail).toMatch(/additional properties: extra/);
  });

  test('turns numerals of the query into numbers and refuses other text', async () => {
    expect((await app.inject('/things?page=7')).json()).toEqual({ page: 7 });
    for (const page of ['1.5', '0', '7x', '', '1e3', '0x10', '%201']) {
      expect((await app.inject(`/things?page=${page}`)).statusCode, page).toBe(400);
    }
    expect((await app.inject('/things?page=1&page=2')).statusCode).toBe(400);
    expect((await app.inject('/things?page=1&other=2')).statusCode).toBe(400);
  });

  test('answers what a route throws on purpose', async () => {
    const answer = await app.inject('/refused');
    expect(answer.statusCode).toBe(409);
    expect(answer.json()).toEqual({
      type: 'urn:stampede:problem:cart-full',
      title: 'Conflict',
      status: 409,
      code: 'cart-full',
      detail: 'Too many.',
    });
  });

  test('answers an outage with 503 and when to come back, without telling where it is', async () => {
    for (const path of ['/away', '/redis-away']) {
      const answer = await app.inject(path);
      expect(answer.statusCode).toBe(503);
      expect(answer.headers['retry-after']).toBe('2');
      expect(answer.body).not.toMatch(/10\.0\.0\.7|Command/);
    }
  });

  test('tells nothing about a bug', async () => {
    const answer = await app.inject('/bug');
    expect(answer.statusCode).toBe(500);
    expect(answer.json()).toMatchObject({ code: 'internal-error' });
    expect(answer.body).not.toMatch('secret');
  });

  test('refuses unknown routes, other media types, broken JSON, bad URLs and too large bodies', async () => {
    const post = (payload: string, type: string) =>
      app.inject({ method: 'POST', url: '/things', payload, headers: { 'content-type': type } });
    expect((await app.inject('/nowhere')).json()).toMatchObject({ status: 404, code: 'not-found' });
    expect((await post('count', 'text/plain')).json()).toMatchObject({ code: 'unsupported-media-type' });
    expect((await post('{"count":', 'application/json')).json()).toMatchObject({ code: 'invalid-request' });
    expect((await post('', 'application/json')).statusCode).toBe(400);
    expect((await app.inject('/things/%E0%A4%A')).statusCode).toBe(400);
    const large = JSON.stringify({ text: 'x'.repeat(70_000) });
    expect((await post(large, 'application/json')).json()).toMatchObject({ code: 'body-too-large' });
  });

  test('answers the operator: live, ready with reasons, metrics, the API’s description', async () => {
    expect((await app.inject('/health/live')).statusCode).toBe(200);
    const ready = await app.inject('/health/ready');
    expect(ready.statusCode).toBe(503);
    expect(ready.json()).toEqual({ ready: false, reasons: { broker: 'no partition' } });
    expect((await app.inject('/metrics')).body).toMatch(
      /http_request_duration_seconds_bucket\{le="0.001",route="\/health\/live",status="200"\}/,
    );
    const description = (await app.inject('/docs/json')).json();
    expect(description.openapi).toBe('3.1.0');
    expect(Object.keys(description.paths)).toContain('/things');
    expect(Object.keys(description.paths)).not.toContain('/metrics');
    expect((await app.inject('/docs')).statusCode).toBe(200);
  });

  const OPERATOR_ROUTES = ['/health/live', '/health/ready', '/metrics'];

  test.each(['10.0.0.7', '172.18.0.5', '192.168.1.2', '::1', 'fd00::5', '::ffff:10.0.0.7'])(
    'answers the operator at %s',
    async (remoteAddress) => {
      expect((await app.inject({ url: '/metrics', remoteAddress })).statusCode).toBe(200);
    },
  );

  test.each(['8.8.8.8', '172.32.0.1', '2001:db8::1', '::ffff:8.8.8.8'])(
    'has neither health nor metrics for %s',
    async (remoteAddress) => {
      for (const url of OPERATOR_ROUTES) {
        const answer = await app.inject({ url, remoteAddress });
        expect(answer.json(), url).toMatchObject({ status: 404, code: 'not-found' });
      }
      expect((await app.inject({ url: '/things?page=1', remoteAddress })).statusCode).toBe(200);
    },
  );

  test.each(['x-forwarded-for', 'forwarded'])(
    'nor for anybody whom a balancer let through with %s',
    async (name) => {
      for (const url of OPERATOR_ROUTES) {
        expect((await app.inject({ url, headers: { [name]: '10.0.0.7' } })).statusCode, url).toBe(404);
      }
    },
  );

  test('sends security headers and opens to no other origin', async () => {
    const { headers } = await app.inject({ url: '/health/live', headers: { origin: 'https://elsewhere' } });
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['access-control-allow-origin']).toBeUndefined();
    const page = await app.inject('/docs');
    expect(page.headers['content-security-policy']).toMatch(/default-src 'self'/);
    expect(page.headers['x-frame-options']).toBe('SAMEORIGIN');
  });
});

test('too many requests of one address are refused until the second is over, health checks never', async () => {
  const app = await build(2);
  const answers = [];
  for (let index = 0; index < 3; index += 1) answers.push(await app.inject('/things?page=1'));
  expect(answers.map((answer) => answer.statusCode)).toEqual([200, 200, 429]);
  expect(answers[2]!.json()).toMatchObject({ code: 'too-many-requests' });
  expect(answers[2]!.headers['retry-after']).toBeDefined();
  expect((await app.inject('/health/live')).statusCode).toBe(200);
  await app.close();
});
