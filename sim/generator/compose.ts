// Puts the engine together for a real shop: plan and people from the plan's file, the catalogue made again from the
// history's settings, one HTTP client, sockets, tokens.
import { readFile } from 'node:fs/promises';
import { uuidv7 } from 'uuidv7';
import { createHttpAdapter } from '../adapters/our-shop/http-adapter.ts';
import { createMeasuredRequests, type RequestDeps } from '../adapters/our-shop/measured-requests.ts';
import { createSessionsOfPeople } from '../adapters/our-shop/sessions-of-people.ts';
import { createSignUp } from '../adapters/our-shop/sign-ups.ts';
import { createSocketOpener } from '../adapters/our-shop/sockets.ts';
import { type WarmUpProgress, warmUpOrders, warmUpTokens } from '../adapters/our-shop/warm-up.ts';
import type { EngineDeps } from '../engine/engine.ts';
import { type Measures, noMeasures } from '../engine/measuring/measures.ts';
import {
  GENERATOR_CONNECTION_COUNT,
  type GeneratorInput,
  type OrderAttempt,
} from '../engine/protocol/protocol.ts';
import { type StarvationCode, starvationSentence } from '../engine/protocol/starvation.ts';
import { createShopperFactory } from '../engine/shoppers.ts';
import { createHttpClient } from '../engine/transport/http-client.ts';
import { emailOf, refreshTokenOf, SEEDED_PASSWORD } from '../history/rows/accounts.ts';
import { historyCatalogue } from '../history/year/year.ts';
import type { Product } from '../model/catalogue/catalogue.ts';
import { indexCatalogue } from '../model/catalogue/catalogue-index.ts';
import { createRandom } from '../model/chance/random.ts';
import type { RunPlan } from '../model/newcomers.ts';

/** A cold shop is slow; warm-up waits this long for an answer or outcome. */
const WARM_UP_DEADLINE_MS = 30_000;

type Surroundings = Pick<EngineDeps, 'timeline' | 'cpuSeconds' | 'heapRatio' | 'post' | 'stop'>;

/** What `runEngine` needs, and how to close what was opened for it. */
export async function createEngineDeps(
  input: GeneratorInput,
  surroundings: Surroundings,
): Promise<{ deps: EngineDeps; close: () => Promise<void> }> {
  const plan = JSON.parse(await readFile(input.planFile, 'utf8')) as RunPlan;
  const { people } = plan;
  const catalogue = historyCatalogue(input.history);
  const shop = openShop(input, surroundings);

  async function warmUp(attempts: OrderAttempt[]): Promise<void> {
    const warmUpShop = openShop(
      { ...input, httpDeadlineMs: WARM_UP_DEADLINE_MS, outcomeDeadlineMs: WARM_UP_DEADLINE_MS },
      surroundings,
      shop.requests.sessions,
    );
    const progress: WarmUpProgress = (text, doneCount, totalCount) =>
      surroundings.post({ type: 'progress', text, doneCount, totalCount });
    const personIds = peopleWhoMayCome(plan);
    let lastFailure = 'no request failed';
    let lacked: StarvationCode | null = null;
    const isStarved = (): StarvationCode | null => lacked;
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
    try {
      await warmUpTokens(personIds, {
        renew: createMeasuredRequests({ ...warmUpShop.requests, measures }).renew,
        lastFailure: () => lastFailure,
        progress,
      });
      await warmUpOrders({
        orderCount: input.warmUpOrderCount,
        personIds,
        nowMs: surroundings.timeline.nowMs,
        pickProduct: warmUpProducts(catalogue, input.seed),
        lastFailure: () => lastFailure,
        attempts,
        openVisit: warmUpShop.openVisits({
          measures,
          attemptedAt: (intendedMs) => ({ attemptedAtMs: intendedMs, phase: 'warm-up' }),
          onOrder: (attempt) => attempts.push(attempt),
        }),
        progress,
      });
    } catch (error) {
      const code = isStarved();
      if (code === null) throw error;
      throw new Error(`warm-up: ${starvationSentence(code, 1)}`, { cause: error });
    } finally {
      await warmUpShop.close();
    }
  }

  return {
    deps: {
      ...surroundings,
      input,
      plan,
      warmUp,
      openShop: shop.openVisits,
      cutOff: shop.cutOff,
      openSignUp: (hooks) => createSignUp({ ...shop.requests, ...hooks, password: SEEDED_PASSWORD }),
      createShopper: createShopperFactory({ input, people, catalogue }),
    },
    close: shop.close,
  };
}

function openShop(
  input: GeneratorInput,
  { timeline }: Surroundings,
  sessions = createSessionsOfPeople((personId) => refreshTokenOf(input.history.seed, personId)),
) {
  const { shopUrls, httpDeadlineMs, outcomeDeadlineMs } = input;
  const http = createHttpClient({
    shopUrls,
    timeline,
    deadlineMs: httpDeadlineMs,
    connectionCount: GENERATOR_CONNECTION_COUNT,
  });
  const requests: Omit<RequestDeps, 'measures'> = { timeline, http, sessions, httpDeadlineMs };
  const openVisits: EngineDeps['openShop'] = (hooks) =>
    createHttpAdapter({
      ...requests,
      ...hooks,
      outcomeDeadlineMs,
      openSocket: createSocketOpener({ shopUrls, connectDeadlineMs: httpDeadlineMs }),
      credentialsOf: (personId) => ({ email: emailOf(personId), password: SEEDED_PASSWORD }),
      newOrderId: uuidv7,
    });
  return { requests, openVisits, cutOff: http.cutOff, close: http.close };
}

function peopleWhoMayCome(plan: RunPlan): number[] {
  const personIds = new Set(plan.sessions.map((session) => session.personId));
  for (const candidate of plan.candidates) personIds.add(candidate.personId);
  return [...personIds];
}

/** Draws products by popularity that have stock to spare, so that warm-up sells nothing out. */
function warmUpProducts(catalogue: readonly Product[], seed: number): () => Product {
  const index = indexCatalogue(catalogue);
  const random = createRandom(seed, 'warm-up');
  return () => {
    for (let draw = 0; draw < 1_000; draw++) {
      const product = index.drawProduct(random);
      if (!product.soldOut && product.stockCount >= 1_000) return product;
    }
    throw new Error('warm-up: among 1,000 draws no product had 1,000 pieces; the catalogue is too scarce');
  };
}
