// A new step is its shape, the place that takes it and goes on after it, and what to send and to tell for it: one that is planted so is taken by
// the shopper and sent by the visit, and nothing else has to know of it.
import { expect, it, vi } from 'vitest';
import { noMeasures } from '../engine/measuring/measures.ts';
import { createVirtualTimeline } from '../engine/timing/virtual-timeline.ts';
import type { HttpRequest } from '../engine/transport/request-text.ts';
import { generateCatalogue } from '../model/catalogue/catalogue.ts';
import { createDemand } from '../model/catalogue/demand.ts';
import { createRandom } from '../model/chance/random.ts';
import { generatePopulation } from '../model/population-testing.ts';
import { createModelShop } from './model-shop.ts';
import type { Session } from './state/session.ts';
import type { Step, StepResult } from './state/steps.ts';

type ToyStep = { kind: 'toy-wish'; productId: number };
const isToy = (step: unknown): step is ToyStep => (step as ToyStep).kind === 'toy-wish';

// The place: whoever has seen the home page wishes for something first, and looks around once the shop has answered.
vi.mock('./places/browse.ts', async (original) => {
  const real = await original<typeof import('./places/browse.ts')>();
  const { go } = await import('./state/session.ts');
  const toy = { kind: 'toy-wish', productId: 3 } as unknown as Step;
  const find = (session: Session, before: 'home' | 'product') =>
    go(session, toy, before, (then) => real.find(then, 'product'));
  return { ...real, find };
});

// What to send for it.
vi.mock('../adapters/our-shop/requests-of.ts', async (original) => {
  const real = await original<typeof import('../adapters/our-shop/requests-of.ts')>();
  const route = {
    method: 'POST',
    name: 'POST /wishes',
    responseMetric: 'http.response/POST /wishes',
    serviceMetric: 'http.service/POST /wishes',
  };
  const requestsOf: typeof real.requestsOf = (step, visit) => {
    const given: unknown = step;
    return isToy(given)
      ? { requests: [{ route: route as never, path: '/wishes', body: { productId: given.productId } }] }
      : real.requestsOf(step, visit);
  };
  return { ...real, requestsOf };
});

// What of it goes into the behaviour log.
vi.mock('../adapters/our-shop/actions-of.ts', async (original) => {
  const real = await original<typeof import('../adapters/our-shop/actions-of.ts')>();
  const actionsOf: typeof real.actionsOf = (step, soFar) => {
    const given: unknown = step;
    if (!isToy(given)) return real.actionsOf(step, soFar);
    return {
      acting: [],
      done: [{ action: 'hover', target: { type: 'product', id: given.productId } }],
    };
  };
  return { ...real, actionsOf };
});

const { createShopper } = await import('./shopper.ts');
const { BEHAVIOUR } = await import('./state/behaviour.ts');
const { OurShopVisit } = await import('../adapters/our-shop/visit.ts');
const { createMeasuredRequests } = await import('../adapters/our-shop/measured-requests.ts');
const { createSessionsOfPeople } = await import('../adapters/our-shop/sessions-of-people.ts');

it('is taken, sent, measured by its route, told to the behaviour log, and followed by what its place decides', async () => {
  const sent: HttpRequest[] = [];
  const metrics: string[] = [];
  const asking = {
    timeline: createVirtualTimeline(),
    http: {
      async send(request: HttpRequest) {
        sent.push(request);
        return {
          kind: 'answer' as const,
          status: 204,
          headers: {},
          json: () => undefined,
          sentMs: 0,
          answeredMs: 1,
        };
      },
      cutOff: () => undefined,
      close: async () => undefined,
    },
    sessions: createSessionsOfPeople(() => 'none'),
    measures: { ...noMeasures, sample: (metric: string) => void metrics.push(metric) },
    httpDeadlineMs: 5_000,
  };
  const visit = new OurShopVisit(
    {
      ...asking,
      requests: createMeasuredRequests(asking),
      borrowSocket: () => null,
      openSocket: () => {
        throw new Error('nobody arrives here');
      },
      credentialsOf: () => ({ email: 'a', password: 'b' }),
      productOf: () => null,
      newOrderId: () => 'o',
      newActionId: () => 'a',
      sendsActions: true,
      actionsGatherMs: 50,
      watchesCounters: false,
      outcomeDeadlineMs: 5_000,
      attemptedAt: (attemptedAtMs) => ({ attemptedAtMs, phase: 'measure' }),
      onAttempt: () => undefined,
    },
    7,
  );
  const shop = createModelShop(generateCatalogue({ seed: 1, productCount: 200 })).openVisit();
  const shopper = createShopper({
    person: generatePopulation({ seed: 1, peopleCount: 1, asOf: 0 })[0]!,
    demand: createDemand(200),
    random: createRandom(1, 'planted'),
    behaviour: { ...BEHAVIOUR, intent: { ...BEHAVIOUR.intent, bounceRatio: 0 } },
  });
  const taken: string[] = [];
  let last: StepResult | null = null;
  for (let count = 0; count < 4; count += 1) {
    const { step } = shopper.next(last);
    taken.push(step.kind);
    last = isToy(step) ? await visit.perform(step, 0) : shop(step);
  }
  expect(taken.slice(0, 3)).toEqual(['arrive', 'home', 'toy-wish']);
  expect(['list', 'search']).toContain(taken[3]);
  await visit.perform({ kind: 'leave', because: 'browsed' }, 0);
  const hover = { id: 'a', action: 'hover', target: { type: 'product', id: 3 } };
  expect(sent).toEqual([
    { method: 'POST', path: '/wishes', accessToken: null, body: { productId: 3 } },
    { method: 'POST', path: '/behaviour', accessToken: null, body: { actions: [hover] } },
  ]);
  expect(metrics).toContain('http.response/POST /wishes');
});
