import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generateCatalogue, type Product } from '../model/catalogue/catalogue.ts';
import { createDemand } from '../model/catalogue/demand.ts';
import { createRandom } from '../model/chance/random.ts';
import { generatePopulation } from '../model/population-testing.ts';
import { createModelShop, type ModelShop } from './model-shop.ts';
import { createShopper } from './shopper.ts';
import { simulateSession } from './simulate-session.ts';
import { BEHAVIOUR, type Behaviour } from './state/behaviour.ts';
import type { Step, StepResult } from './state/steps.ts';

const people = generatePopulation({ seed: 1, peopleCount: 100, asOf: Date.UTC(2026, 10, 20, 11) });
const products = generateCatalogue({ seed: 1, productCount: 500 });
const demand = createDemand(products.length);
const shop = createModelShop(products);
const ok: StepResult = { outcome: 'ok' };

/** A behaviour in which everybody buys exactly `lineCount` lines, with other figures as given. */
function buying(lineCount: number, checkout: Partial<Behaviour['checkout']> = {}): Behaviour {
  return {
    ...BEHAVIOUR,
    intent: { bounceRatio: 0, cartRatio: 9, checkoutRatio: 1, score: BEHAVIOUR.intent.score },
    cart: {
      ...BEHAVIOUR.cart,
      lineCountWeights: Array.from({ length: lineCount }, (_, i) => (i + 1 === lineCount ? 1 : 0)),
    },
    checkout: { ...BEHAVIOUR.checkout, cancelRatio: 0, viewOrdersRatio: 0, ...checkout },
  };
}

/** `answer` comes before the shop's own, where it gives one. */
function session(
  seed: number,
  behaviour: Behaviour,
  answer: (step: Step) => StepResult | null = () => null,
  where: ModelShop = shop,
  { hasLists = false, hasCoupons = false } = {},
) {
  const person = people[seed % people.length]!;
  const input = { person, demand, random: createRandom(seed, 'session'), behaviour, hasLists, hasCoupons };
  const visit = where.openVisit();
  return simulateSession(input, (step) => answer(step) ?? visit(step));
}

const kinds = (steps: { step: Step }[]): string[] => steps.map(({ step }) => step.kind);
const stepsOf = <Kind extends Step['kind']>(steps: { step: Step }[], kind: Kind) =>
  steps.flatMap(({ step }) => (step.kind === kind ? [step as Extract<Step, { kind: Kind }>] : []));

describe('createShopper', () => {
  it('arrives, comes to the home page and bounces', () => {
    const bouncing = { ...BEHAVIOUR, intent: { ...BEHAVIOUR.intent, bounceRatio: 1 } };
    const { steps, because } = session(1, bouncing);
    expect(kinds(steps)).toEqual(['arrive', 'home', 'leave']);
    expect(because).toBe('bounced');
    expect(steps[0]!.thinkMs).toBe(0);
    expect(steps[2]!.thinkMs).toBeGreaterThan(0);
  });

  it('goes on as if there were no lists where they do not come', () => {
    const looking = { ...BEHAVIOUR.recommendations, lookRatio: { home: 1, product: 1 } };
    const behaviour = { ...buying(1), recommendations: looking };
    const { steps, because } = session(
      2,
      behaviour,
      (step) => (step.kind === 'view-recommendations' ? { outcome: 'failed' } : null),
      shop,
      { hasLists: true },
    );
    expect(kinds(steps)).toContain('view-recommendations');
    expect(because).toBe('bought');
  });

  describe('who holds coupons', () => {
    const coupon = { couponId: 'best', definitionId: 9, discountKrw: 900 };
    const giving = createModelShop(products, undefined, [coupon, { ...coupon, couponId: 'other' }]);
    const using = (lineCount = 1) => buying(lineCount, { useCouponRatio: 1, retryWithoutLineRatio: 1 });
    const shopping = (answer?: Parameters<typeof session>[2], behaviour = using()) =>
      session(2, behaviour, answer, giving, { hasCoupons: true });

    it('takes the best for what is in the cart', () => {
      const { steps, because } = shopping(undefined, using(3));
      expect(kinds(steps).slice(-5)).toEqual([
        'view-cart',
        'view-coupons',
        'place-order',
        'await-outcome',
        'leave',
      ]);
      const [order] = stepsOf(steps, 'place-order');
      expect(order).toMatchObject({ coupon });
      expect(stepsOf(steps, 'view-coupons')[0]?.lines).toEqual(order?.lines);
      expect(because).toBe('bought');
    });

    it('orders without one where there is none, where the shop does not tell, and where nobody asks', () => {
      const none = session(2, using(), undefined, shop, { hasCoupons: true });
      const silent = shopping((step) => (step.kind === 'view-coupons' ? { outcome: 'failed' } : null));
      for (const { steps, because } of [none, silent]) {
        expect(stepsOf(steps, 'view-coupons')).toHaveLength(1);
        expect(stepsOf(steps, 'place-order')[0]).not.toHaveProperty('coupon');
        expect(because).toBe('bought');
      }
      const careless = shopping(undefined, buying(1, { useCouponRatio: 0 }));
      const elsewhere = session(2, using(), undefined, giving);
      for (const { steps } of [careless, elsewhere]) expect(kinds(steps)).not.toContain('view-coupons');
      // Where there are no coupons, nobody does anything else than before there were any.
      expect(elsewhere.steps).toEqual(session(2, using(), undefined, shop).steps);
    });

    it('orders once more without it when the shop refuses the coupon', () => {
      const { steps, because } = shopping((step) =>
        step.kind === 'place-order' && step.coupon ? { outcome: 'refused', reason: 'coupon-used' } : null,
      );
      const orders = stepsOf(steps, 'place-order');
      expect(orders.map(({ coupon: one }) => one?.couponId)).toEqual(['best', undefined]);
      expect(because).toBe('bought');
      const never = shopping((step) =>
        step.kind === 'place-order' ? { outcome: 'refused', reason: 'coupon-used' } : null,
      );
      expect(stepsOf(never.steps, 'place-order')).toHaveLength(2);
      expect(never.because).toBe('gave-up');
    });

    it('asks again what they are worth when a line was sold out', () => {
      let isFirst = true;
      const { steps } = shopping((step) => {
        if (step.kind !== 'place-order' || !isFirst) return null;
        isFirst = false;
        return { outcome: 'refused', reason: 'sold-out' };
      }, using(3));
      const quotes = stepsOf(steps, 'view-coupons').map(({ lines }) => lines.length);
      expect(quotes).toEqual([3, 2]);
      expect(stepsOf(steps, 'place-order').at(-1)).toMatchObject({ coupon });
    });
  });

  it('buys: cart, order, outcome, leave', () => {
    const { steps, because } = session(2, buying(3));
    expect(kinds(steps).slice(-4)).toEqual(['view-cart', 'place-order', 'await-outcome', 'leave']);
    expect(stepsOf(steps, 'place-order')[0]!.lines).toHaveLength(3);
    expect(because).toBe('bought');
  });

  it('looks at the orders and cancels where the figures say so', () => {
    const { steps, because } = session(3, buying(1, { viewOrdersRatio: 1, cancelRatio: 1 }));
    expect(kinds(steps).slice(-4)).toEqual(['await-outcome', 'view-orders', 'cancel-order', 'leave']);
    expect(because).toBe('bought');
  });

  it('orders exactly what is in the cart, whatever it raised, lowered or took out', () => {
    const restless = buying(4);
    restless.cart = { ...restless.cart, raiseLaterRatio: 0.5, lowerLaterRatio: 0.4, regretRatio: 0.4 };
    for (let seed = 0; seed < 300; seed += 1) {
      const { steps } = session(seed, restless);
      const cart = new Map<number, number>();
      for (const { step } of steps) {
        if (step.kind === 'remove-cart-line') expect(cart.delete(step.productId)).toBe(true);
        if (step.kind !== 'set-cart-line') continue;
        const before = cart.get(step.productId) ?? 0;
        if (step.change === 'cart-create') expect(before).toBe(0);
        if (step.change === 'cart-modify-plus') expect(step.quantity).toBeGreaterThan(before);
        if (step.change === 'cart-modify-minus') expect(step.quantity).toBeLessThan(before);
        cart.set(step.productId, step.quantity);
      }
      const lines = Array.from(cart, ([productId, quantity]) => ({ productId, quantity }));
      expect(stepsOf(steps, 'place-order')[0]!.lines).toEqual(lines);
    }
  });

  it('puts nothing into the cart that is marked as sold out', () => {
    const soldOut = createModelShop(products.map((p): Product => ({ ...p, soldOut: true, stockCount: 0 })));
    const { steps, because } = session(4, buying(2), undefined, soldOut);
    expect(stepsOf(steps, 'set-cart-line')).toEqual([]);
    expect(stepsOf(steps, 'view-product')).toHaveLength(BEHAVIOUR.browsing.mostProductPages);
    expect(because).toBe('browsed');
  });

  it('ends even in a shop with one product and a wish for ten lines', () => {
    const { steps } = session(5, buying(10), undefined, createModelShop(products.slice(0, 1)));
    expect(stepsOf(steps, 'place-order')[0]?.lines ?? []).toHaveLength(products[0]!.soldOut ? 0 : 1);
  });

  it('drops the scarcest line and tries once more when the order is rejected for want of stock', () => {
    const answer = (step: Step): StepResult | null =>
      step.kind === 'await-outcome' ? { outcome: 'refused', reason: 'sold-out' } : null;
    const { steps, because } = session(6, buying(3, { retryWithoutLineRatio: 1 }), answer);
    const [first, second] = stepsOf(steps, 'place-order');
    const dropped = stepsOf(steps, 'remove-cart-line').at(-1)!.productId;
    const stocks = first!.lines.map((line) => products[line.productId - 1]!.stockCount);
    expect(products[dropped - 1]!.stockCount).toBe(Math.min(...stocks));
    expect(second!.lines).toEqual(first!.lines.filter((line) => line.productId !== dropped));
    expect(stepsOf(steps, 'place-order')).toHaveLength(2);
    expect(because).toBe('gave-up');
  });

  it.each(['place-order', 'await-outcome'] as const)(
    'leaves when %s is refused for another reason',
    (kind) => {
      const { because, steps } = session(7, buying(3), (step) =>
        step.kind === kind ? { outcome: 'refused', reason: 'payment-declined' } : null,
      );
      expect(because).toBe('gave-up');
      expect(stepsOf(steps, 'place-order')).toHaveLength(1);
    },
  );

  it('goes on without a product that the cart refused', () => {
    let refusals = 0;
    const { steps, because } = session(8, buying(2), (step) =>
      step.kind === 'set-cart-line' && refusals++ === 0 ? { outcome: 'refused', reason: 'sold-out' } : null,
    );
    const refused = stepsOf(steps, 'set-cart-line')[0]!.productId;
    expect(because).toBe('bought');
    expect(stepsOf(steps, 'place-order')[0]!.lines.map((line) => line.productId)).not.toContain(refused);
  });

  it('tries a failed step once more, then gives up', () => {
    const fails = (step: Step): StepResult | null => (step.kind === 'home' ? { outcome: 'failed' } : ok);
    expect(kinds(session(9, { ...buying(1), retryRatio: 1 }, fails).steps)).toEqual([
      'arrive',
      'home',
      'home',
      'leave',
    ]);
    const { steps, because } = session(9, { ...buying(1), retryRatio: 0 }, fails);
    expect(kinds(steps)).toEqual(['arrive', 'home', 'leave']);
    expect(because).toBe('gave-up');
  });

  it('looks an outcome up that never came, and does not order again', () => {
    const fails = (step: Step): StepResult | null =>
      step.kind === 'await-outcome' ? { outcome: 'failed' } : null;
    const { steps, because } = session(10, { ...buying(1), retryRatio: 1 }, fails);
    expect(kinds(steps).slice(-4)).toEqual(['place-order', 'await-outcome', 'view-orders', 'leave']);
    expect(because).toBe('gave-up');
  });

  it('has bought even when something fails afterwards', () => {
    const fails = (step: Step): StepResult | null =>
      step.kind === 'view-orders' ? { outcome: 'failed' } : null;
    expect(session(11, buying(1, { viewOrdersRatio: 1 }), fails).because).toBe('bought');
  });

  it('ends every session in a bounded number of steps, whatever the shop answers', () => {
    const answers = fc.constantFrom<StepResult | null>(
      null,
      null,
      ok,
      { outcome: 'failed' },
      { outcome: 'refused', reason: 'sold-out' },
      { outcome: 'refused', reason: 'payment-declined' },
    );
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.array(answers, { minLength: 1, maxLength: 20 }), (seed, list) => {
        let count = 0;
        const { steps } = session(
          seed,
          seed % 2 ? BEHAVIOUR : buying(10),
          () => list[count++ % list.length]!,
        );
        return steps.every(({ thinkMs }) => thinkMs >= 0 && thinkMs <= BEHAVIOUR.longestDwellMs);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('opens only products that a list, a search or the last page of one showed it', () => {
    for (let seed = 0; seed < 200; seed += 1) {
      const visit = shop.openVisit();
      let shownIds: number[] = [];
      const { steps } = session(seed, buying(3), (step) => {
        const result = visit(step);
        const shown = result.outcome === 'ok' ? result.shown?.() : null;
        if (step.kind === 'view-product') expect(shownIds).toContain(step.productId);
        if (shown?.kind === 'products') shownIds = shown.products.map(({ id }) => id);
        return result;
      });
      expect(stepsOf(steps, 'view-product').length).toBeGreaterThan(0);
    }
  });

  it('chooses otherwise where the shop shows something else', () => {
    const lastFive = createModelShop(products.slice(-5));
    const { steps, because } = session(2, buying(2), () => null, lastFive);
    const opened = stepsOf(steps, 'view-product').map(({ productId }) => productId);
    expect(opened.every((id) => id > products.length - 5)).toBe(true);
    expect(['bought', 'browsed', 'gave-up']).toContain(because);
  });

  it('looks elsewhere where it is shown nothing, and leaves at last', () => {
    const { steps, because } = session(13, buying(1), (step) =>
      step.kind === 'list' || step.kind === 'search' ? ok : null,
    );
    expect(stepsOf(steps, 'view-product')).toEqual([]);
    expect(because).toBe('browsed');
  });

  it('orders what the cart shows: not what is gone from it or sold out, and as many pieces as it says', () => {
    const added: number[] = [];
    const { steps } = session(2, buying(3), (step) => {
      if (step.kind === 'set-cart-line' && !added.includes(step.productId)) added.push(step.productId);
      if (step.kind !== 'view-cart') return null;
      const lines = added.slice(0, 2).map((productId, index) => ({
        productId,
        quantity: 5,
        unitPriceKrw: 100,
        soldOut: index === 1,
      }));
      return { outcome: 'ok', shown: () => ({ kind: 'cart', lines, itemsTotalKrw: 500 }) };
    });
    expect(stepsOf(steps, 'place-order')[0]!.lines).toEqual([{ productId: added[0]!, quantity: 5 }]);
  });

  it('reads no more of what it is shown than its decisions need', () => {
    const read: string[] = [];
    const visit = shop.openVisit();
    const answer = (step: Step): StepResult => {
      const result = visit(step);
      if (result.outcome !== 'ok') return result;
      return {
        outcome: 'ok',
        shown: () => {
          read.push(step.kind);
          return result.shown?.() ?? null;
        },
      };
    };
    session(1, { ...BEHAVIOUR, intent: { ...BEHAVIOUR.intent, bounceRatio: 1 } }, answer);
    expect(read).toEqual([]);
    const browsing = { ...BEHAVIOUR, intent: { ...BEHAVIOUR.intent, bounceRatio: 0, cartRatio: 0 } };
    for (let seed = 0; seed < 50; seed += 1) session(seed, browsing, answer);
    expect(new Set(read)).toEqual(new Set(['home', 'list', 'search']));
  });

  it('makes the same decisions for the same stream and others for another', () => {
    expect(session(12, buying(5))).toEqual(session(12, buying(5)));
    expect(session(12, buying(5))).not.toEqual(session(112, buying(5)));
  });

  it('takes no step after it has left, and none without the result of the last', () => {
    const input = { person: people[0]!, demand, random: createRandom(1, 'end') };
    const shopper = createShopper(input);
    let planned = shopper.next(null);
    expect(() => shopper.next(null)).toThrow('last step');
    while (planned.step.kind !== 'leave') planned = shopper.next(ok);
    expect(() => shopper.next(ok)).toThrow('has left');
    expect(() => shopper.next({ outcome: 'failed' })).toThrow('has left');
  });
});
