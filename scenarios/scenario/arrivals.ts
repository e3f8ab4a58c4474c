// Who or what arrives at the shop, kind by kind: its rate in the scenario, what the generator does with an arrival, and what a
// reader must know. A new kind is its name, its rate, what else it asks of the load, and its entry here.
import Type from 'typebox';
import { ORDER_CONFIRMED, RECOMMENDATION_SHOWN } from '../../reports/metrics/latencies.ts';
import type { GeneratorInput } from '../../sim/generator/input.ts';
import { createRandom } from '../../sim/model/chance/random.ts';
import { planLive } from '../../sim/model/live-load.ts';
import { EXPECTED_SESSION } from '../../sim/shopper/expected-session.ts';

/** Their names, as `load.arrivals` takes them. */
export const ARRIVALS = ['sessions', 'orders', 'crowd', 'acting-crowd', 'live', 'rush'] as const;
export type Arrivals = (typeof ARRIVALS)[number];

/** The rates that a scenario has in `load`, one for each kind of arrivals, as its schema takes them. */
export const arrivalRates = {
  sessionsPerSecond: Type.Number({
    minimum: 0.1,
    maximum: 2_000,
    description: 'session starts a second in the measured span',
  }),
  ordersPerSecond: Type.Number({
    minimum: 0.1,
    maximum: 100_000,
    description: 'order starts a second where arrivals are orders',
  }),
  actionsPerSecond: Type.Number({
    minimum: 0.1,
    maximum: 20_000,
    description: 'things that people do a second, all together, where arrivals are an acting crowd',
  }),
  producers: Type.Number({
    minimum: 0.1,
    maximum: 2_000,
    description:
      'producers side by side where arrivals are live, and of products that come from outside: each an order every 3–5 s and a product every 6–8 s, over the hour’s multiplier, within 1–30 s',
  }),
  shoppersAtOnce: Type.Integer({
    minimum: 1,
    maximum: 2_000,
    description: 'shoppers who come at the same instant where arrivals are a rush',
  }),
};
export type ArrivalRate = keyof typeof arrivalRates;

/** What else a kind of arrivals may ask in `load`; a scenario need not say it. */
export const arrivalSettings = {
  crowdPeople: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 20_000,
      description:
        'people who stand ready, each with a socket, where arrivals are a crowd or an acting crowd (1,000 if left out)',
    }),
  ),
};
const USUAL_CROWD_PEOPLE = 1_000;

/** Counts of the measured span, each of what happened in it, whenever it was meant to. */
export type SpanCounts = {
  plannedCount: number;
  ordersResolvedCount: number;
  actsShownCount: number;
  requestsSentCount: number;
  requestsEndedCount: number;
};

type Pace = { thinkTimeCompression: number; crowdPeople?: number; actionsPerSecond?: number };

export type ArrivalKind = {
  /** What it is, in the words of somebody who may choose it. */
  tells: string;
  /** Its rate in `load`; on the command line `--orders-per-second` for `ordersPerSecond`. */
  rate: ArrivalRate;
  /** What the command line's help says of its rate. */
  help: string;
  /** What the generator does with each arrival. */
  script: NonNullable<GeneratorInput['sessionKind']>;
  /** When they come, in ms from the start of the measured span; left out: at random, at their rate a second. */
  startsMs?(about: { rate: number; hour: number; seed: number; fromMs: number; toMs: number }): number[];
  /** Their rate in words; left out: "20 orders/s". */
  rateText?(rate: number): string;
  /** Whether any of them places orders. */
  placesOrders: boolean;
  /** Whether each waits for the lists that come of what it did; left out: nobody does. */
  awaitsLists?: true;
  /** The metric that each arrival makes one sample of; absent where it makes many, or none. */
  wait?: string;
  /** How many people stand ready for the arrivals, each with a socket before the first one; without it they come and go. */
  standingCount?(load: Pace): number;
  /** How long an arrival is expected to keep its person busy, in ms. */
  busyMs(load: Pace): number;
  /** How much work came in the span, and how much was done in it. */
  work(counts: SpanCounts): { cameCount: number; doneCount: number };
  /** What a reader of a run must know; `hour` is null where it is no hour of a shop of ours, `rates` says what was planned, `standing` how many people stand ready. */
  notes(about: { hour: number | null; rates: string; load: Pace; standing: string }): string[];
  /** The same of a search, whose rates differ from probe to probe. */
  searchNote(load: Pace): string;
};

export const arrivalKinds: Record<Arrivals, ArrivalKind> = {
  sessions: {
    tells: 'the realistic funnel',
    rate: 'sessionsPerSecond',
    help: 'session starts a second',
    script: 'shopper',
    placesOrders: true,
    busyMs: ({ thinkTimeCompression }) => EXPECTED_SESSION.meanMs / thinkTimeCompression,
    // Sessions are longer than a probe, so their requests are counted.
    work: ({ requestsSentCount, requestsEndedCount }) => ({
      cameCount: requestsSentCount,
      doneCount: requestsEndedCount,
    }),
    notes: ({ hour, rates, load }) => [
      `${hour === null ? 'Sessions come by plan' : `A slice at the rate of ${hour}:00`}: arrivals are open (a seeded Poisson plan), ${rates}; inside a session each step follows the completion of the one before plus think time.`,
      `Think times are compressed ${load.thinkTimeCompression}×: a product page is looked at for ${(37.7 / load.thinkTimeCompression).toFixed(1)} s on average instead of the published 37.7 s.`,
    ],
    searchNote: ({ thinkTimeCompression }) => `Think times are compressed ${thinkTimeCompression}×.`,
  },
  orders: {
    tells: 'a checkout storm: unrealistic, saturates the order path',
    rate: 'ordersPerSecond',
    help: 'order starts a second, where the scenario plans orders',
    script: 'order',
    placesOrders: true,
    wait: ORDER_CONFIRMED.name,
    // The outcome, with room to spare.
    busyMs: () => 1_000,
    work: ({ plannedCount, ordersResolvedCount }) => ({
      cameCount: plannedCount,
      doneCount: ordersResolvedCount,
    }),
    notes: ({ rates }) => [
      `Orders are planned directly (a checkout storm, open, a seeded Poisson plan), which no shop’s funnel does: ${rates}.`,
    ],
    searchNote: () =>
      'Orders are planned directly (a checkout storm), which no shop’s funnel does; the order path is what is searched.',
  },
  crowd: {
    tells: 'a standing crowd: as unrealistic, but nobody connects or signs in while orders are measured',
    rate: 'ordersPerSecond',
    help: 'order starts a second, where the scenario plans orders',
    script: 'standing-order',
    placesOrders: true,
    wait: ORDER_CONFIRMED.name,
    standingCount: crowdPeopleOf,
    busyMs: () => 1_000,
    work: ({ plannedCount, ordersResolvedCount }) => ({
      cameCount: plannedCount,
      doneCount: ordersResolvedCount,
    }),
    notes: ({ rates, standing }) => [
      `Orders are planned directly (open, a seeded Poisson plan) and given to whoever is free of a standing crowd of ${standing}, signed in and connected before the first one, which no shop’s funnel does: ${rates}.`,
    ],
    searchNote: (load) =>
      `Orders are planned directly and given to whoever is free of a standing crowd of ${crowdPeopleOf(load)}, signed in and connected before the first one, which no shop’s funnel does; the order path is what is searched.`,
  },
  'acting-crowd': {
    tells:
      'a standing crowd whose people look at products and put them into their carts, and wait for their lists',
    rate: 'actionsPerSecond',
    help: 'things done a second, all people together, where the scenario has an acting crowd',
    script: 'standing-act',
    placesOrders: false,
    awaitsLists: true,
    wait: RECOMMENDATION_SHOWN.name,
    standingCount: crowdPeopleOf,
    busyMs: () => 3_000,
    work: ({ plannedCount, actsShownCount }) => ({
      cameCount: plannedCount,
      doneCount: actsShownCount,
    }),
    notes: ({ rates, load }) => [
      `${crowdPeopleOf(load).toLocaleString('en')} people are signed in and connected before the first act. Acts are open (a seeded Poisson plan) and go round them in turn: ${rates}, so that each does something every ${paceText(load)} on average, whatever has come of what they did before; 60 % look at a product, 25 % hover over one, 15 % put one into the cart, by its popularity. They ask for no pages: only acts and lists travel.`,
    ],
    searchNote: (load) =>
      `Acts are planned directly and go round a standing crowd of ${crowdPeopleOf(load).toLocaleString('en')} in turn, who ask for no pages.`,
  },
  live: {
    tells: 'a live shop: the founders’ producers, which follow the hour',
    rate: 'producers',
    help: 'live producers, where the scenario has them',
    script: 'order',
    // Nobody makes more than one a second, so the number of producers bounds the orders a second.
    startsMs: ({ rate, seed, ...about }) =>
      planLive('order', { ...about, producers: rate, random: createRandom(seed, 'live-orders') }),
    rateText: (rate) => `${rate} live ${rate === 1 ? 'producer' : 'producers'}`,
    placesOrders: true,
    busyMs: () => 1_000,
    work: ({ plannedCount, ordersResolvedCount }) => ({
      cameCount: plannedCount,
      doneCount: ordersResolvedCount,
    }),
    notes: ({ hour, rates }) => [
      `Orders are placed by ${rates}: each one every 3–5 s, divided by the multiplier of the hour on the shop’s clock, which began at ${hour}:00, and held within 1–30 s; nobody browses before.`,
    ],
    searchNote: () => 'Orders are placed by live producers, which follow the hour.',
  },
  rush: {
    tells: 'a rush: shoppers who all come at the same instant for one item',
    rate: 'shoppersAtOnce',
    help: 'shoppers who come at the same instant, where the scenario has a rush',
    script: 'order',
    startsMs: ({ rate }) => Array.from({ length: rate }, () => 0),
    rateText: (rate) => `${rate} ${rate === 1 ? 'shopper' : 'shoppers'} at once`,
    placesOrders: true,
    busyMs: () => 1_000,
    work: ({ plannedCount, ordersResolvedCount }) => ({
      cameCount: plannedCount,
      doneCount: ordersResolvedCount,
    }),
    notes: ({ rates }) => [
      `Nobody comes by and by: ${rates}, at the same instant, each for one piece of the same item and nothing else. What is told of waits is told of that crush.`,
    ],
    searchNote: () => 'Shoppers come at the same instant, for one item.',
  },
};

function paceText({ actionsPerSecond, ...load }: Pace): string {
  return actionsPerSecond === undefined
    ? 'so often'
    : `${(crowdPeopleOf(load) / actionsPerSecond).toFixed(1)} s`;
}

function crowdPeopleOf({ crowdPeople = USUAL_CROWD_PEOPLE }: Pace): number {
  return crowdPeople;
}
