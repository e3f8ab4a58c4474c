// Seeded orders for the shop, as the messages that the broker carries: baskets of one to three products drawn by popularity
// among those with stock to spare, so that as good as all are confirmed.
import { uuidv7 } from 'uuidv7';
import { historyCatalogue } from '../../../sim/history/year/year.ts';
import { indexCatalogue } from '../../../sim/model/catalogue/catalogue-index.ts';
import { createRandom } from '../../../sim/model/chance/random.ts';
import type { OrderMessage } from '../../../system/contract/messages.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { historySettings } from '../../scenario/world.ts';

const LEAST_STOCK = 1_000;
const MOST_LINES = 3;

/** Returns a function that gives so many further orders of people of this data set, each with an id of its own. */
export function createOrderMaker(
  scenario: Pick<Scenario, 'data' | 'shop'>,
): (count: number) => OrderMessage[] {
  const { seed, people } = scenario.data;
  const catalogue = historyCatalogue(historySettings(scenario));
  const index = indexCatalogue(
    catalogue.filter((product) => !product.soldOut && product.stockCount >= LEAST_STOCK),
  );
  const random = createRandom(seed, 'bench-orders');
  const makeOne = (placedAt: string, nowMs: number): OrderMessage => {
    const lineCount = random.integer(1, MOST_LINES);
    const productIds = new Set(Array.from({ length: lineCount }, () => index.drawProduct(random).id));
    return {
      version: 1,
      customerId: random.integer(1, people),
      placedAt,
      order: {
        id: uuidv7(),
        lines: [...productIds].map((productId) => ({ productId, quantity: 1 })),
        paymentMethod: 'card',
      },
      stages: { receivedMs: nowMs, publishedMs: nowMs },
    };
  };
  return (count) => {
    const placedAt = new Date().toISOString();
    const nowMs = Number(process.hrtime.bigint()) / 1e6;
    return Array.from({ length: count }, () => makeOne(placedAt, nowMs));
  };
}
