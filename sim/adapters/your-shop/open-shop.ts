// Opens a loaded shop to visitors: what they have in common, and how each comes in.
import { randomBytes } from 'node:crypto';
import { type Measures, noMeasures } from '../../engine/measuring/measures.ts';
import { GENERATOR_CONNECTION_COUNT } from '../../engine/protocol/protocol.ts';
import type { OpenVisit, ShopHooks } from '../../engine/shop-adapter.ts';
import { createDeadlineQueue } from '../../engine/timing/deadline-queue.ts';
import type { Timeline } from '../../engine/timing/timeline.ts';
import { type Connections, createConnections } from './connections.ts';
import type { Hooks, ShopPerson, ShopVisit } from './define-shop.ts';
import { type AtWork, createFaultKinds } from './fault.ts';
import type { ShopItems } from './items.ts';
import { type LoadedShop, originsOf } from './load-shop.ts';
import type { PersonOf } from './people.ts';
import type { YourShopDeadlines, YourShopSettings } from './settings.ts';
import { YourShopVisit } from './visit.ts';
import { VisitorHttp } from './visitor-http.ts';
import { createVisitorsHttp, type EndedRequest, type VisitorsHttp } from './visitors-http.ts';

export type ShopReach = {
  timeline: Timeline;
  /** The time of day, by which cookies expire. */
  wallMs: () => number;
  loaded: LoadedShop;
  /** What the shop sends to this machine. */
  hooks: Hooks;
  settings: YourShopSettings;
  deadlines: YourShopDeadlines;
  /** Hears what of the file begins, before any of its code runs. */
  onBegin: (atWork: AtWork) => void;
};

/** Connections to all of its origins, with the deadline of a request. */
export function connectTo({ timeline, loaded, settings, deadlines }: ShopReach): Connections {
  return createConnections({
    origins: originsOf(loaded.definition, settings.url),
    timeline,
    deadlineMs: deadlines.httpDeadlineMs,
    connectionCount: GENERATOR_CONNECTION_COUNT,
  });
}

/** What the requests of all visitors have in common. */
export function visitorsHttpOf(
  { timeline, wallMs, loaded, settings, deadlines }: ShopReach,
  connections: Connections,
  measures: Measures = noMeasures,
  onEnded?: (request: EndedRequest) => void,
): VisitorsHttp {
  return createVisitorsHttp({
    timeline,
    wallMs,
    connections,
    measures,
    deadlineMs: deadlines.httpDeadlineMs,
    graphqlPath: loaded.definition.graphqlPath ?? '/graphql',
    version: settings.version,
    runId: settings.runId,
    tracePrefix: randomBytes(8).toString('hex'),
    ...(onEnded === undefined ? {} : { onEnded }),
  });
}

export type OpenedShop = {
  openVisit: OpenVisit;
  /** Ends all requests and verbs that are under way; those begun later are not touched. */
  cutOff(): void;
  close(): void;
};

/** Opens visits, whose requests and checkouts are told to `hooks`. */
export function openShop(
  reach: ShopReach,
  over: {
    connections: Connections;
    items: ShopItems;
    personOf: PersonOf;
    newCheckoutId: () => string;
    onEnded?: (request: EndedRequest) => void;
  },
  hooks: ShopHooks,
): OpenedShop {
  const { timeline, loaded, hooks: webhooks, deadlines } = reach;
  const { connections, items, personOf, newCheckoutId } = over;
  const verbDeadlines = createDeadlineQueue(timeline, deadlines.outcomeDeadlineMs);
  const visits = {
    ...hooks,
    timeline,
    items,
    newCheckoutId,
    outcomeDeadlineMs: deadlines.outcomeDeadlineMs,
    deadlineMs: deadlines.outcomeDeadlineMs,
    deadlines: verbDeadlines,
    kindOf: createFaultKinds(loaded.file),
    onBegin: reach.onBegin,
  };
  const visitorsHttp = visitorsHttpOf(reach, connections, hooks.measures, over.onEnded);
  return {
    openVisit(personId) {
      const http = new VisitorHttp(visitorsHttp);
      const person = personOf(personId);
      reach.onBegin('visit');
      return new YourShopVisit(visits, { personId, person, http }, visitOf(loaded, http, person, webhooks));
    },
    cutOff() {
      connections.cutOff();
      verbDeadlines.cutOff();
    },
    close: verbDeadlines.close,
  };
}

/** The verbs for this visitor. Where the file throws instead of giving them, each of those that nobody can do without throws the same. */
export function visitOf(
  { definition }: LoadedShop,
  http: VisitorHttp,
  person: ShopPerson,
  hooks: Hooks,
): ShopVisit {
  try {
    return definition.visit(http, person, hooks);
  } catch (error) {
    const fail = () => Promise.reject(error);
    return { arrive: fail, product: fail, setLine: fail, checkout: fail };
  }
}
