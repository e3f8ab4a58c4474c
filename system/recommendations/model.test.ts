import { describe, expect, it } from 'vitest';
import { idAt } from '../behaviour/testing.ts';
import { RECOMMENDATION_KINDS, type RecommendationKind } from '../contract/recommendations.ts';
import { createModel, type Model } from './model.ts';
import { did, shelfProduct, shelvesWith } from './testing.ts';

const NOW = '2026-03-02T11:00:00Z';

/** 40 products in each of three categories, the smaller ids the more popular; of the third one is marked down. */
function shop(couponProducts?: (customerId: number) => readonly number[]) {
  const products = Array.from({ length: 120 }, (_, index) =>
    shelfProduct(index + 1, {
      categoryId: 1 + Math.floor(index / 40),
      orderCount: 1_000 - index,
      listPriceKrw: index === 99 ? 20_000 : 10_000,
    }),
  );
  const texts = Object.fromEntries(
    products.map(({ id }) => [id, `thing${String.fromCharCode(97 + (id % 20))}`]),
  );
  return createModel(shelvesWith(products, texts), couponProducts);
}

const list = (model: Model, customerId: number, kind: RecommendationKind) =>
  model.listsOf(customerId, [kind], NOW)[0]!.productIds;

describe('the six lists', () => {
  it('show a stranger what is popular, full and without repetition', () => {
    for (const { productIds, reflectsActionId } of shop().listsOf(7, RECOMMENDATION_KINDS, NOW)) {
      expect(productIds).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
      expect(reflectsActionId).toBeNull();
    }
  });

  it('follow the category that scores best over the last 50 actions', () => {
    const model = shop();
    for (let one = 0; one < 10; one++) model.learn(1, did('hover', 100), 0);
    model.learn(1, did('order-create', 50), 0);
    // 10 of hovers against 7 of an order; after another click 10 against 10, and the newest decides.
    expect(list(model, 1, 'category')[0]).toBe(81);
    model.learn(1, did('click', 51), 0);
    expect(list(model, 1, 'category').slice(0, 3)).toEqual([41, 42, 43]);
    expect(list(model, 1, 'category')).not.toContain(50);
    for (let one = 0; one < 50; one++) model.learn(1, did('cart-cancel', 50), 0);
    expect(list(model, 1, 'category')[0]).toBe(1);
  });

  it('offer what there is a coupon for, else what is marked down in the person’s categories', () => {
    const model = shop((customerId) => (customerId === 2 ? [77] : []));
    model.learn(1, did('click', 110), 0);
    expect(list(model, 1, 'discounts')[0]).toBe(100);
    expect(list(model, 2, 'discounts')[0]).toBe(77);
  });

  it('relate to what was viewed, without it', () => {
    const model = shop();
    model.learn(1, did('click', 45), 0);
    // Of the same words: 25, 65 and so on; 65 is of the same category too.
    expect(list(model, 1, 'viewed')[0]).toBe(65);
    expect(list(model, 1, 'viewed')).not.toContain(45);
  });

  it('learn from people of a like taste, and from orders', () => {
    const model = shop();
    for (const productId of [5, 6]) model.learn(1, did('click', productId), 0);
    for (const productId of [5, 6, 90]) model.learn(2, did('click', productId), 0);
    expect(list(model, 1, 'for-you')[0]).toBe(90);
    const at = new Date();
    for (const productId of [10, 70]) model.learn(3, did('order-create', productId, at), 0);
    model.learn(4, did('cart-create', 10), 0);
    expect(list(model, 4, 'bought-together')[0]).toBe(70);
    model.learnOrder(5, [11, 71]);
    model.learn(6, did('click', 11), 0);
    expect(list(model, 6, 'bought-together')[0]).toBe(71);
  });

  it('are for you what one’s products speak for, and where few are known what people of a like taste chose', () => {
    const model = shop();
    // 90 goes with 10, 11 and 12 in many orders; 95 is what one other person had to do with beside the same three.
    for (let buyer = 100; buyer < 110; buyer++) model.learnOrder(buyer, [10, 11, 12, 90]);
    for (const productId of [20, 21, 95]) model.learn(2, did('order-create', productId), 0);
    for (const productId of [10, 11, 12]) model.learn(1, did('click', productId), 0);
    expect(list(model, 1, 'for-you')[0]).toBe(90);
    model.learn(3, did('click', 20), 0);
    expect(list(model, 3, 'for-you').slice(0, 2)).toEqual([21, 95]);
    // Unless some have been ranked there is nothing to work out; then each is worked out once.
    for (let buyer = 200; buyer < 220; buyer++) model.learnOrder(buyer, [10, 11, 12, 90]);
    list(model, 1, 'for-you');
    expect([model.refit(), model.refit()]).toEqual([true, false]);
    expect(list(model, 1, 'for-you')[0]).toBe(90);
  });

  it('tell of two orders as two', () => {
    const model = shop();
    model.learn(3, did('order-create', 10, new Date(Date.now() - 60_000)), 0);
    model.learn(3, did('order-create', 70), 0);
    model.learn(4, did('click', 10), 0);
    expect(list(model, 4, 'bought-together')[0]).toBe(1);
  });

  it('trend by the last 100 actions of all, the same for everybody', () => {
    const model = shop();
    model.learn(1, did('order-create', 111), 0);
    for (let one = 0; one < 6; one++) model.learn(2, did('hover', 112), 0);
    expect(list(model, 9, 'trending').slice(0, 3)).toEqual([111, 112, 1]);
    for (let one = 0; one < 94; one++) model.learn(2, did('hover', 113), 0);
    expect(list(model, 1, 'trending').slice(0, 3)).toEqual([113, 112, 1]);
  });

  it('never show what is not to be had', () => {
    const products = [1, 2, 3, 4].map((id) => shelfProduct(id, { isShown: id !== 3, orderCount: 9 - id }));
    const model = createModel(shelvesWith(products));
    for (const id of [1, 3, 99]) model.learn(1, did('click', id), 0);
    for (const { productIds } of model.listsOf(1, RECOMMENDATION_KINDS, NOW)) {
      expect(productIds).not.toContain(3);
      expect(productIds).not.toContain(99);
    }
  });
});

describe('what is known of a person', () => {
  it('does not change by the same action again, nor by what is older than all that counts', () => {
    const model = shop();
    const click = did('click', 100);
    for (let one = 0; one < 9; one++) model.learn(1, click, 0);
    model.learn(1, did('order-create', 50), 0);
    expect(list(model, 1, 'category')[0]).toBe(41);
    const old = new Date(Date.now() - 3_600_000);
    for (let one = 0; one < 50; one++) model.learn(1, did('click', 1), 0);
    for (let one = 0; one < 20; one++) model.learn(1, did('order-create', 81, old), 0);
    expect(list(model, 1, 'category')[0]).toBe(2 - 1);
  });

  it('has what they did before in its place, for their own lists alone', () => {
    const model = shop();
    const hourAgo = new Date(Date.now() - 3_600_000);
    const past = [did('order-create', 50, hourAgo), did('click', 52, hourAgo)];
    expect(model.isRecalled(1)).toBe(false);
    const click = did('click', 100);
    model.learn(1, click, 0);
    model.recall(1, past);
    model.recall(1, past);
    expect(model.isRecalled(1)).toBe(true);
    expect(list(model, 1, 'category')[0]).toBe(41);
    expect(model.actionIds(1)).toEqual([...past.map(({ id }) => id), click.id]);
    expect(model.listsOf(1, ['viewed'], NOW)[0]!.reflectsActionId).toBe(click.id);
    expect(list(model, 1, 'trending').slice(0, 2)).toEqual([100, 1]);
    model.recall(2, past);
    expect(model.activeSince(0)).toEqual([1]);
  });

  it('reflects the newest action by its id, whichever came last', () => {
    const model = shop();
    const [first, second] = [did('click', 1), did('click', 2)];
    for (const action of [second, first]) model.learn(1, action, 0);
    expect(model.listsOf(1, ['viewed'], NOW)[0]!.reflectsActionId).toBe(second.id);
    expect(model.actionIds(1)).toEqual([first.id, second.id]);
    model.answered(1, [first.id, idAt(new Date())]);
    expect([first, second].map(({ id }) => model.isAnswered(1, id))).toEqual([true, false]);
  });

  it('is in the order of the shop’s time, whatever clock made the ids', () => {
    const model = shop();
    const past = {
      ...did('click', 100, new Date('2030-01-01T00:00:00Z')),
      actedAt: new Date('2026-03-02T10:00:00Z'),
    };
    const present = {
      ...did('click', 50, new Date('2026-01-01T00:00:00Z')),
      actedAt: new Date('2026-03-02T11:00:00Z'),
    };
    for (const action of [past, present]) model.learn(1, action, 0);
    expect(model.listsOf(1, ['category'], NOW)[0]).toMatchObject({ reflectsActionId: present.id });
    expect(list(model, 1, 'category')[0]).toBe(41);
  });

  it('bears on the lists that an action touches', () => {
    const model = shop();
    expect(model.learn(1, did('hover', 1), 0)).toHaveLength(6);
    expect(model.learn(1, did('cart-cancel', 1), 0)).toEqual(['category']);
    const category = { ...did('click', 1), target: { type: 'category', id: 2 } } as const;
    expect(model.learn(1, category, 0)).toEqual(['category', 'discounts']);
    const coupon = { ...did('coupon-use', 1), target: { type: 'coupon', id: 2 } } as const;
    expect(model.learn(1, coupon, 0)).toEqual(['category', 'discounts']);
  });
});
