// Puts the engine together for a real shop: plan and people from the plan's file, and either the catalogue made again from the
// history's settings and our shop's adapter, or somebody's own shop.
import { readFile } from 'node:fs/promises';
import { createDeliveries } from '../adapters/our-shop/deliveries.ts';
import { createOurShop } from '../adapters/our-shop/our-shop.ts';
import type { EngineDeps } from '../engine/engine.ts';
import type { FreePeople } from '../engine/free-people.ts';
import { createStandingPeople, peopleInTurn } from '../engine/standing-people.ts';
import { emailOf, refreshTokenOf, SEEDED_PASSWORD } from '../history/rows/accounts.ts';
import { seededPasswordHash } from '../history/rows/password-hash.ts';
import { historyCatalogue } from '../history/year/year.ts';
import type { Product } from '../model/catalogue/catalogue.ts';
import { indexCatalogue } from '../model/catalogue/catalogue-index.ts';
import { createRandom } from '../model/chance/random.ts';
import type { RunPlan } from '../model/run-plan.ts';
import { composeYourShop, type YourShopSurroundings } from './compose-your-shop.ts';
import type { GeneratorInput } from './input.ts';
import { peopleWhoMayCome } from './people-who-may-come.ts';
import { createReadsFile } from './reads-file.ts';
import { createShopperFactory } from './shoppers.ts';

type Surroundings = Pick<EngineDeps, 'timeline' | 'cpuSeconds' | 'heapRatio' | 'post' | 'stop'> &
  YourShopSurroundings;

type Composed = { deps: EngineDeps; close: () => Promise<void> };

/** What `runEngine` needs, and how to close what was opened for it. */
export async function createEngineDeps(
  input: GeneratorInput,
  { wallMs, watch, ...surroundings }: Surroundings,
): Promise<Composed> {
  const plan = JSON.parse(await readFile(input.planFile, 'utf8')) as RunPlan;
  if (input.yourShop === undefined) return composeOurShop(input, plan, surroundings);
  const { close, ...parts } = await composeYourShop(
    { ...input, yourShop: input.yourShop },
    { plan, timeline: surroundings.timeline, wallMs, watch },
  );
  return { deps: { ...surroundings, ...parts, input, plan }, close };
}

async function composeOurShop(
  input: GeneratorInput,
  plan: RunPlan,
  surroundings: Omit<Surroundings, keyof YourShopSurroundings>,
): Promise<Composed> {
  const catalogue = historyCatalogue(input.history);
  const personIds = peopleWhoMayCome(plan);
  const people = standingPeople(input.sessionKind, personIds);
  const reads = input.readsFile === undefined ? null : createReadsFile(input.readsFile);
  const shop = createOurShop({
    onRead: reads?.add,
    timeline: surroundings.timeline,
    shopUrls: input.shopUrls,
    deadlines: input,
    standingIds: people === null ? [] : personIds,
    accounts: {
      refreshTokenOf: (personId) => refreshTokenOf(input.history.seed, personId),
      emailOf,
      password: SEEDED_PASSWORD,
    },
    productOf: (productId) => catalogue[productId - 1] ?? null,
    sendsActions: input.sendsActions ?? false,
    actionsGatherMs: input.actionsGatherMs ?? 50,
    watchesCounters: input.watchesCounters ?? false,
    deliveries: await deliveriesOf(input, surroundings),
    warmUp: {
      orderCount: input.warmUpOrderCount,
      goesRound: !['order', 'standing-order'].includes(input.sessionKind ?? 'shopper'),
      personIds,
      pickProduct: warmUpProducts(catalogue, input.seed),
      readCount: input.warmUpReadCount ?? 0,
      acts: input.sessionKind === 'standing-act',
      pickAnyProduct: productsByPopularity(catalogue, input.seed),
    },
  });
  const createShopper = createShopperFactory({ input, people: plan.people, catalogue });
  const taken = people === null ? {} : { people };
  const post: EngineDeps['post'] = (message) => {
    if (message.type === 'warmed-up') reads?.spanStarts(message.spanStartMonotonicMs);
    // Before it is told that all is done: then nobody waits for this process any more.
    if (message.type === 'done') reads?.write();
    surroundings.post(message);
  };
  return { deps: { ...surroundings, ...taken, post, input, plan, shop, createShopper }, close: shop.close };
}

/** Who takes the starts where people stand ready; null where they come and go. */
function standingPeople(
  kind: GeneratorInput['sessionKind'],
  personIds: readonly number[],
): FreePeople | null {
  if (kind === 'standing-order') return createStandingPeople(personIds);
  return kind === 'standing-act' ? peopleInTurn : null;
}

async function deliveriesOf(
  { topics, httpDeadlineMs }: GeneratorInput,
  { timeline }: Pick<Surroundings, 'timeline'>,
) {
  if (topics === undefined) return null;
  const passwordHash = await seededPasswordHash(SEEDED_PASSWORD);
  return createDeliveries({ topics, timeline, deadlineMs: httpDeadlineMs, passwordHash });
}

function productsByPopularity(catalogue: readonly Product[], seed: number): () => Product {
  const index = indexCatalogue(catalogue);
  const random = createRandom(seed, 'warm-up', 'reads');
  return () => index.drawProduct(random);
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
