// What is in a basket: which products and how many pieces of each. Two laws: a number of lines drawn beforehand (the
// founders'), or a budget that is filled line by line (calibrated presets).

import type { Random } from '../chance/random.ts';
import { cumulate } from '../chance/weighted-choice.ts';
import type { Product } from './catalogue.ts';
import { CATEGORIES, categoryOf } from './categories.ts';

/**
 * `lines`: weights of 1, 2, 3 … lines. `budget`: lines are added until their value reaches a lognormal budget, so
 * somebody who bought a sofa stops there and somebody with detergent goes on. Over all people each line is drawn by
 * popularity alone and the stop depends only on lines already drawn, so the products keep their shares of all lines (Wald; where
 * people differ in taste, as far as they buy equally much). Part
 * of the budget's spread lies between people (some always spend more), part between one person's orders.
 */
export type BasketLaw =
  | { kind: 'lines'; weights: readonly number[] }
  | { kind: 'budget'; medianKrw: number; peopleSigmaLog: number; orderSigmaLog: number; mostLines: number };

export type BasketLine = { product: Product; quantity: number };

/** Draws a product that is not in the basket yet (tried up to 20 times), or null when none was found. */
type DrawProduct = (random: Random) => Product;

const MAX_DRAWS = 20;
const QUANTITIES = new Map(CATEGORIES.map(({ id, quantityWeights }) => [id, cumulate(quantityWeights)]));

/** How many pieces of a product one line takes, by its category (docs/shop-rules.md "Categories"). */
export function drawLineQuantity(product: Product, random: Random): number {
  const weights =
    QUANTITIES.get(product.categoryId) ?? cumulate(categoryOf(product.categoryId).quantityWeights);
  return 1 + random.weighted(weights);
}

/**
 * Prepares the drawing of baskets; `wealth` is a standard normal of the person's own, the same for all their orders. Each
 * product stands in one line only, a basket has at least one.
 */
export function createBasketDraw(
  law: BasketLaw,
): (draw: DrawProduct, random: Random, wealth: number) => BasketLine[] {
  const lineWeights = law.kind === 'lines' ? cumulate(law.weights) : null;
  return (draw, random, wealth) => {
    const lines: BasketLine[] = [];
    const mostLines = law.kind === 'budget' ? law.mostLines : 1 + random.weighted(lineWeights ?? [1]);
    const budgetKrw =
      law.kind === 'budget'
        ? law.medianKrw * Math.exp(law.peopleSigmaLog * wealth + law.orderSigmaLog * random.normal())
        : Infinity;
    let valueKrw = 0;
    while (lines.length < mostLines && valueKrw < budgetKrw) {
      const product = drawOther(lines, draw, random);
      if (product === null) break;
      const quantity = drawLineQuantity(product, random);
      valueKrw += product.priceKrw * quantity;
      lines.push({ product, quantity });
    }
    return lines;
  };
}

function drawOther(lines: readonly BasketLine[], draw: DrawProduct, random: Random): Product | null {
  for (let attempt = 0; attempt < MAX_DRAWS; attempt += 1) {
    const product = draw(random);
    if (!lines.some((line) => line.product === product)) return product;
  }
  return null;
}
