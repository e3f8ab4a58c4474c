// What comes into the shop from outside while a run goes on: products that somebody adds to the catalogue, and people whom
// somebody brings along. When and who is planned here; how it gets there is the adapter's affair.
import { generateCatalogue, type Product } from './catalogue/catalogue.ts';
import type { Newcomer } from './newcomers.ts';

/** A product that is nobody's yet: the shop gives its number. */
export type NewProduct = Omit<Product, 'id' | 'soldOut' | 'popularityWeight' | 'orderCount'>;

export type PlannedDelivery =
  | { kind: 'product'; startMs: number; product: NewProduct }
  | { kind: 'user'; startMs: number; newcomer: Newcomer };

/**
 * Products that are delivered at these offsets, each registered at its time. `asOfMs` is the shop's time (Unix ms) at offset 0.
 */
export function planProducts(input: {
  seed: number;
  asOfMs: number;
  startsMs: readonly number[];
}): PlannedDelivery[] {
  const { seed, asOfMs, startsMs } = input;
  // A catalogue of their own, so that what is delivered is like what is there and nothing there changes.
  const products = generateCatalogue({ seed: seed + 1, productCount: startsMs.length, asOf: asOfMs });
  return products.flatMap((product, index) => {
    const startMs = startsMs[index] ?? 0;
    const { id: _, soldOut: __, popularityWeight: ___, orderCount: ____, ...rest } = product;
    return [{ kind: 'product', startMs, product: { ...rest, registeredAtMs: Math.floor(asOfMs + startMs) } }];
  });
}
