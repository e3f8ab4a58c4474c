// Two kinds of test (docs/realism.md): (a) the shoppers reproduce their own configuration; (b) the configuration lies
// inside what real shops published.
import { mean } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { generateCatalogue } from '../model/catalogue/catalogue.ts';
import { indexCatalogue } from '../model/catalogue/catalogue-index.ts';
import { CATEGORIES } from '../model/catalogue/categories.ts';
import { createRandom } from '../model/chance/random.ts';
import { generatePopulation } from '../model/population-testing.ts';
import { EXPECTED_SESSION } from './expected-session.ts';
import { summariseSessions } from './session-statistics.ts';
import { simulateSessions } from './simulate-session.ts';
import { BEHAVIOUR } from './state/behaviour.ts';
import { drawDwellMs, weibullScale } from './state/dwell.ts';
import { drawIntent, drawPaymentMethod, scoreFactor } from './state/intent.ts';

const sessions = simulateSessions({ seed: 1, sessionCount: 60_000 });
const statistics = summariseSessions(sessions);
const orders = sessions.flatMap((session) =>
  session.steps.flatMap(({ step }) => (step.kind === 'place-order' ? [step] : [])),
);

describe('(b) the funnel lies inside published figures', () => {
  it('bounces 38–62 %', () => {
    expect(statistics.bounceRatio).toBeGreaterThan(0.38);
    expect(statistics.bounceRatio).toBeLessThan(0.62);
  });

  it('converts 3–3.9 % of the sessions at 20:00', () => {
    expect(statistics.conversionRatio).toBeGreaterThan(0.03);
    expect(statistics.conversionRatio).toBeLessThan(0.039);
  });

  it('abandons 65–85 % of the carts', () => {
    expect(statistics.abandonmentRatio).toBeGreaterThan(0.65);
    expect(statistics.abandonmentRatio).toBeLessThan(0.85);
  });

  it('dwells on product pages by a Weibull law of fitted shape < 1 with a mean of 37.7 s', () => {
    const random = createRandom(1, 'dwell');
    const times = Array.from({ length: 20_000 }, () => drawDwellMs(BEHAVIOUR.dwell.product, 600_000, random));
    const shape = fitWeibullShape(times.filter((ms) => ms > 0));
    expect(shape).toBeLessThan(1);
    expect(Math.abs(shape / BEHAVIOUR.dwell.product.shape - 1)).toBeLessThan(0.05); // (a)
    expect(Math.abs(mean(times) / 37_700 - 1)).toBeLessThan(0.03);
  });
});

describe('(b) sales spread over 20,000 products as published, though a shopper sees one page at a time', () => {
  const productCount = 20_000;
  const rank = new Map(
    generateCatalogue({ seed: 3, productCount })
      .toSorted((a, b) => b.popularityWeight - a.popularityWeight)
      .map(({ id }, index) => [id, index + 1]),
  );
  const all: number[] = [];
  /** The first products opened on a category's list by popularity. */
  const onLists: number[] = [];
  for (const { steps } of simulateSessions({ seed: 3, sessionCount: 60_000, productCount })) {
    for (const [index, { step }] of steps.entries()) {
      if (step.kind !== 'view-product') continue;
      const before = steps[index - 1]?.step;
      all.push(rank.get(step.productId)!);
      if (before?.kind === 'list' && before.sort === 'popular') onLists.push(rank.get(step.productId)!);
    }
  }
  // [calc] from Instacart, docs/realism.md "Popularity".
  it.each([
    [100, 0.301],
    [200, 0.399],
    [2_000, 0.805],
  ])('the best %i have %d of the choices', (count, published) => {
    const shareOf = (chosen: number[]) => chosen.filter((place) => place <= count).length / chosen.length;
    expect(Math.abs(shareOf(onLists) - published), `on lists: ${shareOf(onLists)}`).toBeLessThan(0.02);
    // Words are searched for alike, whatever sells best of what they find.
    expect(Math.abs(shareOf(all) - published), `all: ${shareOf(all)}`).toBeLessThan(0.045);
  });
});

describe('(a) the shoppers reproduce their configuration', () => {
  it('bounces, abandons and checks out as configured', () => {
    expect(Math.abs(statistics.bounceRatio - BEHAVIOUR.intent.bounceRatio)).toBeLessThan(0.01);
    expect(Math.abs(1 - statistics.abandonmentRatio - BEHAVIOUR.intent.checkoutRatio)).toBeLessThan(0.02);
  });

  it('orders 1 to 10 lines with the weights 25 20 15 12 10 7 5 3 2 1', () => {
    BEHAVIOUR.cart.lineCountWeights.forEach((weight, index) => {
      const share = orders.filter((order) => order.lines.length === index + 1).length / orders.length;
      expect(Math.abs(share - weight / 100), `${index + 1} lines`).toBeLessThan(0.03);
    });
  });

  it('orders quantities by the category’s weights and categories by their frequency', () => {
    const catalogue = indexCatalogue(generateCatalogue({ seed: 1, productCount: 2_000 }));
    const lines = orders.flatMap((order) =>
      order.lines.map((line) => ({ ...line, categoryId: catalogue.product(line.productId).categoryId })),
    );
    for (const category of CATEGORIES) {
      const own = lines.filter((line) => line.categoryId === category.id);
      expect(Math.abs(own.length / lines.length - category.frequency / 190), category.key).toBeLessThan(
        0.025,
      );
      expect(Math.max(...own.map((line) => line.quantity))).toBeLessThanOrEqual(
        category.quantityWeights.length,
      );
      if (own.length < 400) continue;
      const ones = own.filter((line) => line.quantity === 1).length / own.length;
      expect(Math.abs(ones - category.quantityWeights[0]! / 100), category.key).toBeLessThan(0.07);
    }
  });

  it('pays by age: 45 % by card below 30, 75 % from 50 on', () => {
    const random = createRandom(1, 'payment');
    const cards = (age: number): number =>
      Array.from({ length: 10_000 }, () => drawPaymentMethod(age, BEHAVIOUR, random)).filter(
        (m) => m === 'card',
      ).length / 10_000;
    expect(cards(29)).toBeCloseTo(0.45, 1);
    expect(cards(30)).toBeCloseTo(0.5, 1);
    expect(cards(44)).toBeCloseTo(0.65, 1);
    expect(cards(65)).toBeCloseTo(0.75, 1);
    expect(() => drawPaymentMethod(-1, BEHAVIOUR, random)).toThrow('age -1');
  });

  it('fills more carts the higher the person’s score, mildly', () => {
    const people = generatePopulation({ seed: 1, peopleCount: 2_000, asOf: Date.UTC(2026, 0, 1) });
    const sorted = people.toSorted((a, b) => scoreFactor(a, BEHAVIOUR) - scoreFactor(b, BEHAVIOUR));
    const carts = (part: typeof people, name: string): number => {
      const random = createRandom(1, name);
      const intents = part.flatMap((person) =>
        Array.from({ length: 60 }, () => drawIntent(person, BEHAVIOUR, random).kind),
      );
      return intents.filter((kind) => kind === 'buy' || kind === 'abandon').length / intents.length;
    };
    const ratio = carts(sorted.slice(-500), 'high') / carts(sorted.slice(0, 500), 'low');
    expect(ratio).toBeGreaterThan(1.1);
    expect(ratio).toBeLessThan(1.67);
  });

  it('lasts as long and asks as much as planning assumes', () => {
    expect(statistics.meanMs / EXPECTED_SESSION.meanMs).toBeCloseTo(1, 1);
    expect(Math.abs(statistics.meanMs / EXPECTED_SESSION.meanMs - 1)).toBeLessThan(0.03);
    expect(Math.abs(statistics.p95Ms / EXPECTED_SESSION.p95Ms - 1)).toBeLessThan(0.05);
    expect(statistics.meanSteps).toBeCloseTo(EXPECTED_SESSION.meanSteps, 0);
    expect(statistics.meanRequests).toBeCloseTo(EXPECTED_SESSION.meanRequests, 0);
  });

  it('counts nothing but the home page where everybody bounces', () => {
    const hasty = { ...BEHAVIOUR, intent: { ...BEHAVIOUR.intent, bounceRatio: 1 } };
    const estimate = summariseSessions(simulateSessions({ seed: 1, sessionCount: 500, behaviour: hasty }));
    expect(estimate.bounceRatio).toBe(1);
    expect(estimate.meanRequests).toBe(1);
    expect(estimate.abandonmentRatio).toBe(0);
    expect(() => summariseSessions([])).toThrow('no sessions');
  });
});

it('the scale of a dwell gives its mean: at shape 1 it is the mean, at shape 1/2 half of it', () => {
  expect(weibullScale({ meanMs: 37_700, shape: 1 })).toBeCloseTo(37_700, 6);
  expect(weibullScale({ meanMs: 37_700, shape: 0.5 })).toBeCloseTo(18_850, 6);
});

/** Maximum-likelihood shape of a Weibull law by Newton's method on its score equation. */
function fitWeibullShape(times: number[]): number {
  const logs = times.map(Math.log);
  const meanLog = mean(logs);
  let shape = 1;
  for (let round = 0; round < 50; round += 1) {
    const powers = times.map((time) => time ** shape);
    const sum = powers.reduce((total, power) => total + power, 0);
    const weighted = powers.reduce((total, power, i) => total + power * logs[i]!, 0);
    const squared = powers.reduce((total, power, i) => total + power * logs[i]! ** 2, 0);
    const value = weighted / sum - 1 / shape - meanLog;
    const slope = (squared * sum - weighted ** 2) / sum ** 2 + 1 / shape ** 2;
    shape -= value / slope;
  }
  return shape;
}
