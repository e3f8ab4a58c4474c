// Bench: what the incremental engine works out for an action, and what it remembers, with a shop's whole catalogue and everybody
// in it active.
import { quantileSorted } from 'simple-statistics';
import { generateCatalogue } from '../../../sim/model/catalogue/catalogue.ts';
import { createRandom } from '../../../sim/model/chance/random.ts';
import { type Bench, type BenchContext, type BenchSize, counted, judged, reported } from '../bench.ts';
import { startBenchProgram } from '../programs/bench-program.ts';

/** A core would do 1,000 actions a second. */
const MAX_CPU_MS = 1;

const SIZES: Record<BenchSize, Record<'products' | 'people' | 'orders' | 'actions', number>> = {
  full: { products: 20_000, people: 10_000, orders: 30_000, actions: 60_000 },
  check: { products: 200, people: 20, orders: 50, actions: 200 },
};
const WARM_UP_RATIO = 0.25;
const MOST_LINES = 6;
const SEED = 13;

type Cost = {
  catalogueMs: number;
  ordersMs: number;
  actionsUs: number[];
  cpuUs: number;
  listedCount: number;
  refitCount: number;
  heapMb: number;
};

/** People act on products in proportion to their popularity. */
function jobOf(size: BenchSize) {
  const counts = SIZES[size];
  const catalogue = generateCatalogue({ seed: SEED, productCount: counts.products });
  const random = createRandom(SEED, 'recommendation-cost');
  let sum = 0;
  const cumulated = catalogue.map(({ popularityWeight }) => {
    sum += popularityWeight;
    return sum;
  });
  const productId = () => random.weighted(cumulated) + 1;
  const customerId = () => random.integer(1, counts.people);
  const some = (count: number) => [...new Set(Array.from({ length: count }, productId))];
  return {
    products: catalogue.map(({ id, categoryId, priceKrw, listPriceKrw, orderCount, soldOut, ...texts }) => ({
      id,
      categoryId,
      priceKrw,
      listPriceKrw,
      orderCount,
      isShown: !soldOut,
      text: [texts.name, ...texts.tags, texts.description].join(' '),
    })),
    orders: Array.from({ length: counts.orders }, () => ({
      customerId: customerId(),
      productIds: some(random.integer(1, MOST_LINES)),
    })),
    actions: Array.from({ length: counts.actions }, () => ({
      customerId: customerId(),
      productId: productId(),
    })),
    warmUpCount: counts.actions * WARM_UP_RATIO,
  };
}

async function run({ size, folder, view }: BenchContext) {
  const job = jobOf(size);
  view.detail(`${job.actions.length} actions`);
  const program = await startBenchProgram({
    path: 'system/bench/recommend.ts',
    folder,
    flags: ['--expose-gc'],
  });
  try {
    const cost = await program.ask<Cost>(job);
    const sorted = cost.actionsUs.toSorted((a, b) => a - b);
    return [
      judged('recommendations.cpu of an action', cost.cpuUs / 1_000, 'ms', { atMost: MAX_CPU_MS }),
      reported('recommendations.action p50', quantileSorted(sorted, 0.5), 'µs'),
      reported('recommendations.action p99', quantileSorted(sorted, 0.99), 'µs'),
      reported('recommendations.weights worked out', cost.refitCount, 'products'),
      reported('recommendations.memory', cost.heapMb, 'MB'),
      reported('recommendations.catalogue learnt', cost.catalogueMs, 'ms'),
      reported('recommendations.orders learnt', cost.ordersMs, 'ms'),
      // Every action of these bears on all six.
      counted('recommendations.lists', cost.listedCount, 6 * job.actions.length, 'lists'),
    ];
  } finally {
    await program.stop();
  }
}

export const recommendationCost: Bench = {
  name: 'recommendation-cost',
  question: 'the lists of one action, 20,000 products and 10,000 people known',
  expectedSeconds: 60,
  run,
};
