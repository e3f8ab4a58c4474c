// Our shop as the engine sees it: visits, sign-ups and the warm-up over one HTTP client, with the tokens of everybody.
import { type Measures, noMeasures } from '../../engine/measuring/measures.ts';
import { type EngineInput, GENERATOR_CONNECTION_COUNT } from '../../engine/protocol/protocol.ts';
import { type StarvationCode, starvationSentence } from '../../engine/protocol/starvation.ts';
import type { OpenShop, ShopAdapter, WarmUpHooks } from '../../engine/shop-adapter.ts';
import type { Timeline } from '../../engine/timing/timeline.ts';
import { createHttpClient, type HttpClient } from '../../engine/transport/http-client.ts';
import type { OrderAttempt, OurShopHooks } from './attempts.ts';
import type { CatalogueRead } from './catalogue-reads.ts';
import type { Deliveries } from './deliveries.ts';
import { createMeasuredRequests } from './measured-requests.ts';
import { createIds } from './new-ids.ts';
import type { ProductOf } from './pushed-lists.ts';
import { createSessionsOfPeople, type SessionsOfPeople } from './sessions-of-people.ts';
import { createSignUp } from './sign-ups.ts';
import { socketOwner } from './socket-owner.ts';
import { createSocketOpener } from './sockets.ts';
import { createStandingSockets, type StandingSockets } from './standing-sockets.ts';
import { OurShopVisit, type VisitDeps } from './visit.ts';
import { type WarmUpProduct, warmUpActs, warmUpOrders, warmUpReads, warmUpTokens } from './warm-up.ts';

/** A cold shop is slow; warm-up waits this long for an answer or outcome. */
const WARM_UP_DEADLINE_MS = 30_000;

export type OurShopDeps = {
  timeline: Timeline;
  /** One or more API processes of the same shop; requests and sockets go to them in turn. */
  shopUrls: readonly string[];
  deadlines: Pick<EngineInput, 'httpDeadlineMs' | 'outcomeDeadlineMs'>;
  accounts: {
    /** The token that the data set holds for a person. */
    refreshTokenOf: (personId: number) => string;
    emailOf: (personId: number) => string;
    /** Everybody's, newcomers' too. */
    password: string;
  };
  /** What is shown of a product of a list that was pushed. */
  productOf: ProductOf;
  /** Whether the shop is told what people do, beside what they ask of it. */
  sendsActions: boolean;
  /** How long what one visitor does gathers before it is told. */
  actionsGatherMs: number;
  /** Whether pages show live counters. */
  watchesCounters: boolean;
  /** Takes every product page and list that the shop answered, those of the warm-up too; left out where nobody asks. */
  onRead?: ((read: CatalogueRead) => void) | undefined;
  /** The way for what comes from outside; null where nothing does. */
  deliveries: Deliveries | null;
  /** People who stand ready for the whole run, each with a socket that is connected before the plan starts. */
  standingIds: readonly number[];
  warmUp: {
    orderCount: number;
    /** Whether those who come go round the shop, or only order. */
    goesRound: boolean;
    /** Everybody who may come. */
    personIds: readonly number[];
    /** A product with stock to spare. */
    pickProduct: () => WarmUpProduct;
    /** Products looked at, and one of them by popularity. */
    readCount: number;
    /** Whether everybody who stands ready acts once and sees the lists that come of it. */
    acts: boolean;
    pickAnyProduct: () => WarmUpProduct;
  };
};

/** An adapter for the shop of system/contract. */
export function createOurShop(deps: OurShopDeps): ShopAdapter {
  const sessions = createSessionsOfPeople(deps.accounts.refreshTokenOf);
  const http = clientOf(deps, deps.deadlines.httpDeadlineMs);
  const crowd = createCrowd(deps, sessions);
  const newId = createIds();
  return {
    warmUp: (hooks) => warmUp(deps, { sessions, crowd, newId }, hooks),
    open: (hooks) => ({
      ...openShop(deps, { sessions, crowd, newId, http, deadlines: deps.deadlines }, hooks),
      ...(deps.deliveries === null ? {} : { deliver: deps.deliveries.open(hooks) }),
    }),
    cutOff: http.cutOff,
    async close() {
      crowd.sockets.close();
      await deps.deliveries?.close();
      http.close();
    },
  };
}

/** Those who stand ready; their sockets tell of themselves to whatever the shop was opened with last. */
type Crowd = { sockets: StandingSockets; tellTo(asking: Pick<VisitDeps, 'requests' | 'measures'>): void };

function createCrowd({ standingIds, shopUrls, timeline }: OurShopDeps, sessions: SessionsOfPeople): Crowd {
  let told: Pick<VisitDeps, 'requests' | 'measures'> | null = null;
  function present() {
    if (told === null) throw new Error('the standing crowd has sockets before the shop was opened');
    return told;
  }
  const sockets = createStandingSockets({
    personIds: standingIds,
    timeline,
    openSocket: createSocketOpener({ shopUrls, connectDeadlineMs: WARM_UP_DEADLINE_MS, timeline }),
    ownerOf: (personId) => socketOwner({ timeline, sessions }, personId, present),
    tokenLifeMs: sessions.tokenLifeMs,
    connectDeadlineMs: WARM_UP_DEADLINE_MS,
  });
  return {
    sockets,
    tellTo(asking) {
      told = asking;
    },
  };
}

const clientOf = ({ shopUrls, timeline }: OurShopDeps, deadlineMs: number): HttpClient =>
  createHttpClient({ shopUrls, timeline, deadlineMs, connectionCount: GENERATOR_CONNECTION_COUNT });

function openShop(
  {
    accounts,
    actionsGatherMs,
    onRead,
    productOf,
    sendsActions,
    watchesCounters,
    shopUrls,
    timeline,
  }: OurShopDeps,
  over: {
    sessions: SessionsOfPeople;
    crowd: Crowd;
    newId: () => string;
    http: HttpClient;
    deadlines: OurShopDeps['deadlines'];
  },
  hooks: OurShopHooks,
): OpenShop {
  const { httpDeadlineMs, outcomeDeadlineMs } = over.deadlines;
  const asking = {
    timeline,
    http: over.http,
    sessions: over.sessions,
    measures: hooks.measures,
    httpDeadlineMs,
    onRead,
  };
  const requests = createMeasuredRequests(asking);
  const visits: VisitDeps = {
    ...asking,
    ...hooks,
    requests,
    outcomeDeadlineMs,
    openSocket: createSocketOpener({ shopUrls, connectDeadlineMs: httpDeadlineMs, timeline }),
    borrowSocket: over.crowd.sockets.borrow,
    credentialsOf: (personId: number) => ({
      email: accounts.emailOf(personId),
      password: accounts.password,
    }),
    productOf,
    newOrderId: over.newId,
    newActionId: over.newId,
    sendsActions,
    actionsGatherMs,
    watchesCounters,
  };
  over.crowd.tellTo(visits);
  return {
    openVisit: (personId) => new OurShopVisit(visits, personId),
    signUp: createSignUp({ ...hooks, requests, httpDeadlineMs, password: accounts.password }),
  };
}

async function warmUp(
  deps: OurShopDeps,
  { sessions, crowd, newId }: { sessions: SessionsOfPeople; crowd: Crowd; newId: () => string },
  hooks: WarmUpHooks,
): Promise<void> {
  const { timeline } = deps;
  const deadlines = { httpDeadlineMs: WARM_UP_DEADLINE_MS, outcomeDeadlineMs: WARM_UP_DEADLINE_MS };
  const http = clientOf(deps, WARM_UP_DEADLINE_MS);
  const { measures, lastFailure, lacked } = warmUpMeasures();
  const attempts: OrderAttempt[] = [];
  const asking = { timeline, http, sessions, measures, httpDeadlineMs: WARM_UP_DEADLINE_MS };
  const { openVisit } = openShop(
    deps,
    { sessions, crowd, newId, http, deadlines },
    {
      measures,
      attemptedAt: (intendedMs) => ({ attemptedAtMs: intendedMs, phase: 'warm-up' }),
      onAttempt(attempt) {
        if (attempt.kind === 'order') attempts.push(attempt);
        hooks.onAttempt(attempt);
      },
    },
  );
  const { personIds } = deps.warmUp;
  const { progress } = hooks;
  try {
    const { renew } = createMeasuredRequests(asking);
    await warmUpTokens(personIds, { renew, lastFailure, progress });
    await crowd.sockets.gather(progress);
    if (deps.warmUp.acts)
      await warmUpActs({
        ...deps.warmUp,
        standingIds: deps.standingIds,
        nowMs: timeline.nowMs,
        lastFailure,
        openVisit,
        progress,
      });
    const common = { ...deps.warmUp, nowMs: timeline.nowMs, lastFailure, openVisit, progress };
    await warmUpOrders({ ...common, attempts });
    await warmUpReads(common);
  } catch (error) {
    const code = lacked();
    if (code === null) throw error;
    throw new Error(`warm-up: ${starvationSentence(code, 1)}`, { cause: error });
  } finally {
    http.close();
  }
}

/** Keep nothing but what a failed warm-up is explained with. */
function warmUpMeasures() {
  let lastFailure = 'no request failed';
  let lacked: StarvationCode | null = null;
  const measures: Measures = {
    ...noMeasures,
    requestEnded(_intendedMs, end) {
      if (!end.ok) lastFailure = end.failure;
    },
    failed(failure) {
      lastFailure = failure;
    },
    starved(code) {
      lacked = code;
    },
  };
  return { measures, lastFailure: () => lastFailure, lacked: (): StarvationCode | null => lacked };
}
