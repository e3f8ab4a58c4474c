// The adapter against a small shop on a real port: HTTP and sockets as in system/contract, answers as each test needs.
import { createServer, type Server as HttpServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type Socket as ServerSocket } from 'socket.io';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OrderOutcome } from '../../../system/contract/orders.ts';
import type { Measures } from '../../engine/measuring/measures.ts';
import type { Visit } from '../../engine/shop-adapter.ts';
import { createMachineTimeline } from '../../engine/timing/timeline.ts';
import { createHttpClient, type HttpClient } from '../../engine/transport/http-client.ts';
import type { RecommendedList } from '../../shopper/state/steps.ts';
import type { Attempt } from './attempts.ts';
import { createMeasuredRequests } from './measured-requests.ts';
import { createSessionsOfPeople } from './sessions-of-people.ts';
import { createSocketOpener } from './sockets.ts';
import { OurShopVisit } from './visit.ts';

type Answer = { status: number; body?: unknown } | 'never' | 'hang-up';

const timeline = createMachineTimeline();
let http: HttpServer;
let sockets: Server;
let client: HttpClient;
let calls: { route: string; token: string | undefined; body: { id?: string } }[];
let answers: Record<string, (body: { id: string }) => Answer>;
let samples: { metric: string; durationMs: number; isCensored: boolean }[];
let attempts: Attempt[];
let counts: string[];
let failures: string[];

const measures: Measures = {
  sample: (metric, _at, durationMs) => samples.push({ metric, durationMs, isCensored: false }),
  censored: (metric, _at, durationMs) => samples.push({ metric, durationMs, isCensored: true }),
  count: (counter, howMany = 1) => counts.push(...Array<string>(howMany).fill(counter)),
  requestEnded: (_at, end) => void (end.ok || failures.push(end.failure)),
  failed: (failure) => failures.push(failure),
  starved: (code) => failures.push(`starved ${code}`),
};

async function bodyOf(request: IncomingMessage) {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text === '' ? {} : JSON.parse(text);
}

beforeEach(async () => {
  [calls, answers, samples, attempts, counts, failures] = [[], {}, [], [], [], []];
  http = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const route = `${request.method} ${request.url}`;
    calls.push({ route, token: request.headers.authorization, body });
    const template = route.replace(/[0-9a-f]{8}-[0-9a-f-]+/, ':id');
    const answer = answers[template]?.(body) ?? { status: 200, body: {} };
    if (answer === 'never') return;
    if (answer === 'hang-up') return void request.socket.destroy();
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(answer.body === undefined ? '' : JSON.stringify(answer.body));
  });
  sockets = new Server(http, { transports: ['websocket'] });
  sockets.use((socket, next) =>
    next(socket.handshake.auth.accessToken === 'stale' ? new Error('not-signed-in') : undefined),
  );
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  client.close();
  await sockets.close();
});

function openVisit(
  over: {
    httpDeadlineMs?: number;
    outcomeDeadlineMs?: number;
    accessToken?: string;
    sendsActions?: boolean;
    watchesCounters?: boolean;
  } = {},
): Visit {
  const shopUrls = [`http://127.0.0.1:${(http.address() as AddressInfo).port}`];
  const {
    httpDeadlineMs = 5_000,
    outcomeDeadlineMs = 5_000,
    accessToken = 'access-1',
    sendsActions = false,
    watchesCounters = false,
  } = over;
  client = createHttpClient({ shopUrls, timeline, deadlineMs: httpDeadlineMs, connectionCount: 8 });
  const sessions = createSessionsOfPeople((personId) => `seeded-${personId}`);
  sessions.keep(7, { customerId: 7, accessToken, accessTokenExpiresInSeconds: 9, refreshToken: 'refresh-1' });
  let orderCount = 0;
  let actionCount = 0;
  const asking = { timeline, http: client, sessions, measures, httpDeadlineMs };
  const deps = {
    ...asking,
    requests: createMeasuredRequests(asking),
    outcomeDeadlineMs,
    openSocket: createSocketOpener({ shopUrls, connectDeadlineMs: 5_000, timeline }),
    borrowSocket: () => null,
    credentialsOf: (personId: number) => ({ email: `${personId}@example.org`, password: 'secret' }),
    productOf: (id: number) => (id < 100 ? { id, categoryId: 1, priceKrw: 9_900, soldOut: true } : null),
    newActionId: () => `0190a000-0000-7000-8000-00000000000${++actionCount}`,
    sendsActions,
    actionsGatherMs: 50,
    watchesCounters,
    newOrderId: () => `0190a000-0000-7000-8000-00000000000${++orderCount}`,
    attemptedAt: (intendedMs: number) => ({ attemptedAtMs: intendedMs, phase: 'measure' as const }),
    onAttempt: (attempt: Attempt) => void attempts.push(attempt),
  };
  return new OurShopVisit(deps, 7);
}

const ORDER_ID = '0190a000-0000-7000-8000-000000000001';
const order = { kind: 'place-order', lines: [{ productId: 3, quantity: 2 }], paymentMethod: 'card' } as const;
const placeOrder = () => ({ ...order, lines: [...order.lines] });
const now = () => timeline.nowMs();
const ofMetric = (metric: string) => samples.filter((sample) => sample.metric === metric);

function outcome(over: Partial<OrderOutcome> = {}): OrderOutcome {
  return {
    orderId: ORDER_ID,
    state: 'confirmed',
    rejectionReason: null,
    totalKrw: 9_900,
    stages: null,
    ...over,
  };
}

async function arrive(visit: Visit) {
  expect(await visit.perform({ kind: 'arrive', signIn: 'session' }, now())).toEqual({ outcome: 'ok' });
  await vi.waitFor(() => expect(sockets.sockets.sockets.size).toBe(1), 10_000);
}

describe('a list of recommendations', () => {
  const look = (list: RecommendedList) => ({ kind: 'view-recommendations', list }) as const;
  const pushing = (kind: RecommendedList, productIds: readonly number[]) =>
    sockets.on('connection', (socket) =>
      socket.emit('recommendations:fresh', {
        lists: [{ kind, productIds, reflectsActionId: null, madeAt: '2026-01-01T00:00:00.000Z' }],
        answersActionIds: [],
      }),
    );

  it('that was pushed is looked at as it stands on the screen, its first four, and not asked for', async () => {
    pushing('for-you', [4, 9, 2, 7, 8]);
    const visit = openVisit();
    await arrive(visit);
    await vi.waitFor(() => expect(counts).toContain('listPushes'), 10_000);
    const looked = await visit.perform(look('for-you'), now());
    const shown = looked.outcome === 'ok' ? looked.shown?.() : null;
    expect(shown).toEqual({
      kind: 'products',
      products: [4, 9, 2, 7].map((id) => ({ id, categoryId: 1, priceKrw: 9_900, soldOut: false })),
      hasNext: false,
    });
    expect(calls).toEqual([]);
    expect(counts).toContain('pushedListsLookedAt');
    await visit.abandon();
  });

  it.each([
    ['another one was pushed', 'trending', [4]],
    ['it was pushed empty', 'for-you', []],
    ['one of its products came into the shop since', 'for-you', [4, 100]],
  ] as const)('is asked for where %s', async (_, kind, productIds) => {
    pushing(kind, productIds);
    const visit = openVisit();
    await arrive(visit);
    await vi.waitFor(() => expect(counts).toContain('listPushes'), 10_000);
    await visit.perform(look('for-you'), now());
    expect(calls.map(({ route }) => route)).toEqual(['GET /recommendations/for-you']);
    await visit.abandon();
  });
});

describe('the steps of a visit', () => {
  it('become the requests of the contract, with the person’s token and per-route metrics', async () => {
    const visit = openVisit();
    await arrive(visit);
    await visit.perform({ kind: 'home' }, now());
    await visit.perform({ kind: 'list', categoryId: 4, sort: 'newest', page: 2 }, now());
    await visit.perform({ kind: 'search', text: '가방 큰', page: 1 }, now());
    await visit.perform({ kind: 'view-product', productId: 3 }, now());
    await visit.perform({ kind: 'set-cart-line', productId: 3, quantity: 2, change: 'cart-create' }, now());
    await visit.perform({ kind: 'remove-cart-line', productId: 3 }, now());
    await visit.perform({ kind: 'view-cart' }, now());
    await visit.perform({ kind: 'view-orders' }, now());
    await visit.perform({ kind: 'leave', because: 'browsed' }, now());
    expect(calls.map((call) => call.route).sort()).toEqual(
      [
        'GET /categories',
        'GET /products?sort=popular',
        'GET /products?categoryId=4&sort=newest&page=2',
        `GET /products?search=${encodeURIComponent('가방 큰')}&page=1`,
        'GET /products/3',
        'PUT /cart/items/3',
        'DELETE /cart/items/3',
        'GET /cart',
        'GET /orders',
      ].sort(),
    );
    expect(calls.every((call) => call.token === 'Bearer access-1')).toBe(true);
    expect(calls.find((call) => call.route.startsWith('PUT'))?.body).toEqual({ quantity: 2 });
    expect(ofMetric('http.response')).toHaveLength(9);
    expect(ofMetric('http.service/GET /products')).toHaveLength(3);
    expect(ofMetric('http.response/GET /products/:id')).toHaveLength(1);
    await vi.waitFor(() => expect(sockets.sockets.sockets.size).toBe(0), 10_000);
  });

  it('sign in by password where the shopper does', async () => {
    const visit = openVisit();
    const session = {
      customerId: 7,
      accessToken: 'fresh',
      refreshToken: 'r',
      accessTokenExpiresInSeconds: 9,
    };
    answers['POST /sessions'] = () => ({ status: 201, body: session });
    await visit.perform({ kind: 'arrive', signIn: 'password' }, now());
    await visit.perform({ kind: 'view-cart' }, now());
    expect(calls[0]?.body).toEqual({ email: '7@example.org', password: 'secret' });
    expect(calls[1]?.token).toBe('Bearer fresh');
    await visit.abandon();
  });

  it('refresh an expired token once, for requests and for the socket', async () => {
    const session = {
      customerId: 7,
      accessToken: 'fresh',
      refreshToken: 'r',
      accessTokenExpiresInSeconds: 9,
    };
    answers['POST /sessions/refresh'] = () => ({ status: 200, body: session });
    let cartCalls = 0;
    answers['GET /cart'] = () => ({ status: cartCalls++ === 0 ? 401 : 200 });
    const visit = openVisit({ accessToken: 'stale' });
    await arrive(visit);
    expect(await visit.perform({ kind: 'view-cart' }, now())).toMatchObject({ outcome: 'ok' });
    expect(calls.at(-1)?.token).toBe('Bearer fresh');
    await visit.abandon();
  });

  it('end as refused for the shop’s own no, as failed for errors and for no answer at all', async () => {
    const visit = openVisit({ httpDeadlineMs: 150 });
    const line = { kind: 'set-cart-line', productId: 3, quantity: 1, change: 'cart-create' } as const;
    answers['PUT /cart/items/3'] = () => ({ status: 409, body: { code: 'sold-out' } });
    expect(await visit.perform(line, now())).toEqual({ outcome: 'refused', reason: 'sold-out' });
    expect(failures).toEqual([]);
    answers['PUT /cart/items/3'] = () => ({ status: 503, body: { code: 'temporarily-unavailable' } });
    expect(await visit.perform(line, now())).toEqual({ outcome: 'failed' });
    answers['PUT /cart/items/3'] = () => 'hang-up';
    expect(await visit.perform(line, now())).toEqual({ outcome: 'failed' });
    answers['PUT /cart/items/3'] = () => 'never';
    expect(await visit.perform(line, now())).toEqual({ outcome: 'failed' });
    expect(failures).toEqual([
      'PUT /cart/items/:productId 503',
      'connection PUT /cart/items/:productId',
      'timeout PUT /cart/items/:productId',
    ]);
    const response = ofMetric('http.response');
    expect(response.map((sample) => sample.isCensored)).toEqual([false, true, true, true]);
    expect(response.slice(1).every((sample) => sample.durationMs >= 150)).toBe(true);
    expect(ofMetric('http.service').map((sample) => sample.isCensored)).toEqual([false, false, true, true]);
  });
});

describe('what the visitor does', () => {
  const looks = async (visit: Visit) => {
    await arrive(visit);
    await visit.perform({ kind: 'view-product', productId: 3 }, now());
    await visit.perform({ kind: 'set-cart-line', productId: 3, quantity: 1, change: 'cart-create' }, now());
    await visit.perform({ kind: 'leave', because: 'browsed' }, now());
  };
  const deeds = [
    { id: '0190a000-0000-7000-8000-000000000001', action: 'click', target: { type: 'product', id: 3 } },
    { id: '0190a000-0000-7000-8000-000000000002', action: 'cart-create', target: { type: 'product', id: 3 } },
  ];

  it('is told by the socket before the visit is over, and not at all where nobody is to tell', async () => {
    const heard: unknown[] = [];
    sockets.on('connection', (socket) =>
      socket.on('behaviour:actions', (actions: unknown[], answer: (answer: unknown) => void) => {
        heard.push(...actions);
        answer({ kind: 'accepted', acceptedCount: actions.length });
      }),
    );
    await looks(openVisit({ sendsActions: true }));
    expect(heard).toEqual(deeds);
    expect(attempts.map((attempt) => attempt.kind === 'actions' && attempt.answer)).not.toContain(false);
    client.close();
    await looks(openVisit());
    expect(heard).toHaveLength(2);
  });

  it('is told again under the same ids when the socket is lost with it', async () => {
    const lost: unknown[] = [];
    sockets.on('connection', (socket) =>
      socket.on('behaviour:actions', (actions: unknown[]) => {
        lost.push(...actions);
        socket.conn.close();
      }),
    );
    answers['POST /behaviour'] = () => ({ status: 202, body: { acceptedCount: 1 } });
    await looks(openVisit({ sendsActions: true }));
    const bodies: unknown[] = calls
      .filter(({ route }) => route === 'POST /behaviour')
      .flatMap(({ body }) => ('actions' in body && Array.isArray(body.actions) ? body.actions : []));
    expect(lost.length).toBeGreaterThan(0);
    expect(bodies).toEqual(deeds);
    expect(attempts.every((attempt) => attempt.kind === 'actions' && attempt.answer === 'accepted')).toBe(
      true,
    );
    // It is measured on its own, and holds up no figure of the pages.
    expect(samples.some(({ metric }) => metric.endsWith('POST /behaviour'))).toBe(false);
    expect(ofMetric('behaviour.accepted')).not.toEqual([]);
  });
});

describe('an order', () => {
  it('is followed from the action to the socket message, and its stages add up to just that', async () => {
    let sentAtMs = 0;
    answers['POST /orders'] = ({ id }) => {
      sentAtMs = now();
      const stages = {
        receivedMs: now(),
        publishedMs: now() + 1,
        consumedMs: now() + 2,
        startedMs: now() + 3,
        committedMs: now() + 4,
      };
      setTimeout(() => sockets.emit('order:confirmed', outcome({ orderId: id, stages })), 10);
      return { status: 202, body: { id, state: 'accepted' } };
    };
    const visit = openVisit();
    await arrive(visit);
    const intendedMs = now() - 40;
    expect(await visit.perform(placeOrder(), intendedMs)).toEqual({ outcome: 'ok' });
    expect(await visit.perform({ kind: 'await-outcome' }, now())).toEqual({ outcome: 'ok' });
    await visit.perform({ kind: 'leave', because: 'bought' }, now());

    const [confirmed] = ofMetric('order.confirmed');
    const stageNames = ['http', 'broker', 'consumer', 'commit', 'push'].map((name) => `stage.${name}`);
    const stagesMs = stageNames.flatMap(ofMetric).reduce((sum, sample) => sum + sample.durationMs, 0);
    const [service] = ofMetric('http.service/POST /orders');
    const [response] = ofMetric('http.response/POST /orders');
    const beforeSendMs = response!.durationMs - service!.durationMs;
    expect(stagesMs + beforeSendMs).toBeCloseTo(confirmed!.durationMs, 6);
    expect(beforeSendMs).toBeGreaterThanOrEqual(40);
    expect(sentAtMs).toBeGreaterThan(0);
    expect(attempts).toMatchObject([
      {
        orderId: ORDER_ID,
        customerId: 7,
        answer: 'accepted',
        httpStatus: 202,
        outcome: 'confirmed',
        outcomeSeenBy: 'socket',
        totalKrw: 9_900,
      },
    ]);
    expect(counts.filter((name) => name.startsWith('orders'))).toEqual([
      'ordersAttempted',
      'ordersAccepted',
      'ordersConfirmed',
    ]);
  });

  it('with a coupon is sent and kept with it, and its use is told once the shop has confirmed it', async () => {
    const coupon = { couponId: '0190a000-0000-7000-8000-00000000000c', definitionId: 9, discountKrw: 900 };
    answers['POST /orders'] = ({ id }) => {
      sockets.emit('order:confirmed', outcome({ orderId: id }));
      return { status: 201, body: {} };
    };
    const told: unknown[] = [];
    sockets.on('connection', (socket) =>
      socket.on('behaviour:actions', (actions: unknown[], answer: (answer: unknown) => void) => {
        told.push(...actions);
        answer({ kind: 'accepted', acceptedCount: actions.length });
      }),
    );
    const visit = openVisit({ sendsActions: true });
    await arrive(visit);
    await visit.perform({ ...placeOrder(), coupon }, now());
    expect(calls.at(-1)?.body).toMatchObject({ couponId: coupon.couponId });
    expect(told).toEqual([]);
    await visit.perform({ kind: 'await-outcome' }, now());
    await visit.perform({ kind: 'leave', because: 'bought' }, now());
    expect(attempts).toContainEqual(
      expect.objectContaining({ kind: 'order', coupon: { id: coupon.couponId, quotedKrw: 900 } }),
    );
    expect(told).toMatchObject([
      { action: 'order-create', target: { type: 'product', id: 3 } },
      { action: 'coupon-use', target: { type: 'coupon', id: 9 } },
    ]);
  });

  it('whose outcome comes before its answer, without a broker, has http, commit and push stages', async () => {
    answers['POST /orders'] = ({ id }) => {
      const stages = {
        receivedMs: now(),
        publishedMs: null,
        consumedMs: null,
        startedMs: now(),
        committedMs: now(),
      };
      sockets.emit(
        'order:rejected',
        outcome({ orderId: id, state: 'rejected', rejectionReason: 'sold-out', stages }),
      );
      return { status: 201, body: {} };
    };
    const visit = openVisit();
    await arrive(visit);
    await visit.perform(placeOrder(), now());
    expect(await visit.perform({ kind: 'await-outcome' }, now())).toEqual({
      outcome: 'refused',
      reason: 'sold-out',
    });
    await visit.perform({ kind: 'leave', because: 'gave-up' }, now());
    expect(samples.flatMap(({ metric }) => (metric.startsWith('stage.') ? [metric] : [])).sort()).toEqual([
      'stage.commit',
      'stage.http',
      'stage.push',
    ]);
    expect(attempts[0]).toMatchObject({ answer: 'accepted', outcome: 'rejected', outcomeSeenBy: 'socket' });
  });

  it('without a message by its deadline is censored and asked for once', async () => {
    answers['POST /orders'] = () => ({ status: 202, body: {} });
    answers['GET /orders/:id'] = () => ({ status: 200, body: { state: 'confirmed', totalKrw: 5 } });
    const visit = openVisit({ outcomeDeadlineMs: 120 });
    await arrive(visit);
    await visit.perform(placeOrder(), now());
    expect(await visit.perform({ kind: 'await-outcome' }, now())).toEqual({ outcome: 'ok' });
    await visit.perform({ kind: 'leave', because: 'bought' }, now());
    expect(ofMetric('order.confirmed')).toEqual([
      { metric: 'order.confirmed', durationMs: 120, isCensored: true },
    ]);
    expect(attempts[0]).toMatchObject({ outcome: 'confirmed', outcomeSeenBy: 'retrieved', totalKrw: 5 });
  });

  it('that was surely not made is refused; one whose end is unsure is unknown and keeps its id when sent again', async () => {
    answers['GET /orders/:id'] = () => ({ status: 404 });
    answers['POST /orders'] = () => ({ status: 503, body: { code: 'outcome-unknown' } });
    const visit = openVisit({ outcomeDeadlineMs: 200 });
    await arrive(visit);
    const step = placeOrder();
    expect(await visit.perform(step, now())).toEqual({ outcome: 'failed' });
    answers['POST /orders'] = () => ({ status: 429, body: { code: 'too-many-requests' } });
    expect(await visit.perform(step, now())).toEqual({ outcome: 'failed' });
    expect(await visit.perform(placeOrder(), now())).toEqual({ outcome: 'failed' });
    answers['POST /orders'] = () => ({ status: 503, body: { code: 'outcome-unknown' } });
    await visit.perform(placeOrder(), now());
    await visit.perform({ kind: 'leave', because: 'gave-up' }, now());
    const ids = calls.flatMap((call) => (call.route === 'POST /orders' ? [call.body.id] : []));
    expect(ids[0]).toBe(ids[1]);
    expect(new Set(ids).size).toBe(3);
    expect(attempts.map((attempt) => attempt.answer)).toEqual(['unknown', 'refused', 'unknown']);
    expect(ofMetric('order.confirmed').every((sample) => sample.isCensored)).toBe(true);
    expect(ofMetric('order.confirmed')).toHaveLength(3);
    expect(failures).not.toContain('GET /orders/:id 404');
  });

  it('is asked for again on the socket after a lost connection', async () => {
    answers['POST /orders'] = () => ({ status: 202, body: {} });
    const visit = openVisit();
    await arrive(visit);
    await visit.perform(placeOrder(), now());
    sockets.on('connection', (socket) =>
      socket.on('orders:resume', (ids: string[], answer: (outcomes: OrderOutcome[]) => void) =>
        answer(ids.map((orderId) => outcome({ orderId }))),
      ),
    );
    for (const socket of sockets.sockets.sockets.values()) socket.conn.close();
    expect(await visit.perform({ kind: 'await-outcome' }, now())).toEqual({ outcome: 'ok' });
    expect(attempts).toEqual([]);
    await visit.perform({ kind: 'cancel-order' }, now());
    await visit.perform({ kind: 'leave', because: 'bought' }, now());
    expect(attempts).toMatchObject([{ outcome: 'confirmed', outcomeSeenBy: 'socket', cancel: 'accepted' }]);
  });

  it('still open when a visit is given up is asked for at once', async () => {
    answers['POST /orders'] = () => ({ status: 202, body: {} });
    answers['GET /orders/:id'] = () => ({ status: 200, body: { state: 'reserved', totalKrw: 5 } });
    const visit = openVisit();
    await arrive(visit);
    await visit.perform(placeOrder(), now());
    await visit.abandon();
    expect(attempts).toMatchObject([{ answer: 'accepted', outcome: null, outcomeSeenBy: null }]);
  });
});

describe('the end of a run', () => {
  it('cuts a request off, and the order that it would have placed, at the time that they have waited', async () => {
    answers['POST /orders'] = () => 'never';
    answers['GET /orders/:id'] = () => ({ status: 404 });
    const visit = openVisit({ httpDeadlineMs: 4_000, outcomeDeadlineMs: 4_000 });
    await arrive(visit);
    const intendedMs = now() - 300;
    const placing = visit.perform(placeOrder(), intendedMs);
    await vi.waitFor(() => expect(calls.map(({ route }) => route)).toContain('POST /orders'), 10_000);
    client.cutOff();
    await visit.abandon();
    const waitedMs = now() - intendedMs;
    expect(await placing).toEqual({ outcome: 'failed' });
    for (const metric of ['order.confirmed', 'order.accepted', 'http.response/POST /orders']) {
      const [sample, ...others] = ofMetric(metric);
      expect(others).toEqual([]);
      expect(sample).toMatchObject({ isCensored: true });
      expect(sample!.durationMs).toBeGreaterThanOrEqual(300);
      expect(sample!.durationMs).toBeLessThanOrEqual(waitedMs);
    }
    expect(failures).toContain('unfinished POST /orders');
    expect(attempts).toMatchObject([{ answer: 'unknown', outcome: null }]);
  });

  it('asks once more where it cut off the last question', async () => {
    answers['POST /orders'] = () => ({ status: 202, body: {} });
    answers['GET /orders/:id'] = () => 'never';
    const visit = openVisit({ outcomeDeadlineMs: 50 });
    await arrive(visit);
    await visit.perform(placeOrder(), now());
    await vi.waitFor(() => expect(calls.at(-1)?.route).toMatch(/^GET \/orders\//), 10_000);
    answers['GET /orders/:id'] = () => ({ status: 200, body: { state: 'confirmed', totalKrw: 5 } });
    client.cutOff();
    await visit.abandon();
    expect(attempts).toMatchObject([{ outcome: 'confirmed', outcomeSeenBy: 'retrieved' }]);
  });
});

describe('an act', () => {
  const act = { kind: 'act', action: 'click', productId: 3 } as const;

  it('is told by the socket and lasts until lists that answer it are there', async () => {
    const heard: unknown[] = [];
    sockets.on('connection', (socket) =>
      socket.on('behaviour:actions', (actions: { id: string }[], answer: (given: unknown) => void) => {
        heard.push(...actions);
        answer({ kind: 'accepted', acceptedCount: 1 });
        const reflectsActionId = actions[0]!.id;
        const list = { kind: 'category', productIds: [9], reflectsActionId, madeAt: '' };
        const at = now();
        const stages = [{ receivedMs: at, consumedMs: at, startedMs: at, storedMs: at }];
        socket.emit('recommendations:fresh', { lists: [list], answersActionIds: [reflectsActionId], stages });
      }),
    );
    const visit = openVisit();
    await arrive(visit);
    expect(await visit.perform(act, now() - 40)).toEqual({ outcome: 'ok' });
    expect(heard).toMatchObject([{ action: 'click', target: { type: 'product', id: 3 } }]);
    expect(ofMetric('recommendation.shown')[0]!.durationMs).toBeGreaterThanOrEqual(40);
    expect(attempts).toMatchObject([
      { kind: 'act', answer: 'accepted', categoryFirstProductId: 9 },
      { kind: 'actions', answer: 'accepted', packed: expect.stringMatching(/ click product 3$/) },
    ]);
    expect(counts).toEqual(
      expect.arrayContaining(['actsMade', 'actsAccepted', 'listPushes', 'listsPushed', 'actsShown']),
    );
    await visit.perform({ kind: 'leave', because: 'browsed' }, now());
  });

  it('that no list answers is given up with the visit, and is a failure', async () => {
    const visit = openVisit();
    await arrive(visit);
    const acting = visit.perform(act, now());
    await visit.abandon();
    expect(await acting).toEqual({ outcome: 'failed' });
    expect(ofMetric('recommendation.shown')).toMatchObject([{ isCensored: true }]);
    expect(attempts).toMatchObject([
      { kind: 'act', answer: 'unknown', shownAfterMs: null },
      { kind: 'actions', answer: 'unknown' },
    ]);
  });
});

describe('a page with live counters', () => {
  const productOf = (id: number) => ({
    id,
    categoryId: 1,
    name: 'x',
    priceKrw: 1,
    listPriceKrw: 1,
    soldOut: false,
    image: '',
  });
  const list = { items: [productOf(3), productOf(4)], page: 1, pageSize: 20, hasNext: false };
  let said: unknown[];
  let last: ServerSocket;

  beforeEach(() => {
    said = [];
    sockets.on('connection', (socket) => {
      last = socket;
      socket.on('counters:watch', (watch) => said.push(watch));
      socket.on('counters:view', (view) => said.push(view));
    });
    answers['GET /products?categoryId=1&sort=popular&page=1'] = () => ({ status: 200, body: list });
  });

  const browse = async (visit: Visit) => {
    await arrive(visit);
    const shown = await visit.perform({ kind: 'list', categoryId: 1, sort: 'popular', page: 1 }, now());
    if (shown.outcome === 'ok') shown.shown?.();
    await vi.waitFor(() => expect(said).toHaveLength(1), 10_000);
    await visit.perform({ kind: 'view-product', productId: 3 }, now());
    await vi.waitFor(() => expect(said).toHaveLength(3), 10_000);
  };

  it('says what it shows and which product it is of, again at each connect, until it is left', async () => {
    const visit = openVisit({ watchesCounters: true });
    await browse(visit);
    const page = [{ productId: 3 }, { productIds: [3] }];
    expect(said).toEqual([{ productIds: [3, 4] }, ...page]);
    const before = last;
    before.conn.close();
    await vi.waitFor(() => expect(said).toEqual([{ productIds: [3, 4] }, ...page, ...page]), 10_000);
    expect(last).not.toBe(before);
    await visit.perform({ kind: 'view-cart' }, now());
    await vi.waitFor(() => expect(said.slice(5)).toEqual([{ productId: null }, { productIds: [] }]), 10_000);
    await visit.perform({ kind: 'leave', because: 'browsed' }, now());
  });

  it('measures each message from its change to its arrival, whether it is parsed or not', async () => {
    const visit = openVisit({ watchesCounters: true });
    await browse(visit);
    last.emit('counters:changed', { changedMs: now() - 70, products: [{ productId: 3, viewing: 2 }] });
    last.emit('counters:changed', { products: [], changedMs: now() - 70 });
    last.emit('counters:changed', { changedMs: null, products: [] });
    await vi.waitFor(
      () => expect(counts.filter((name) => name === 'counterMessages')).toHaveLength(3),
      10_000,
    );
    const seen = ofMetric('counter.seen');
    expect(seen).toHaveLength(2);
    for (const { durationMs } of seen) expect(durationMs).toBeGreaterThanOrEqual(70);
    await visit.perform({ kind: 'leave', because: 'browsed' }, now());
  });

  it('says nothing where nobody is to watch', async () => {
    const visit = openVisit();
    await arrive(visit);
    await visit.perform({ kind: 'view-product', productId: 3 }, now());
    await visit.perform({ kind: 'view-cart' }, now());
    await visit.perform({ kind: 'leave', because: 'browsed' }, now());
    expect(said).toEqual([]);
  });
});
