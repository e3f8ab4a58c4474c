import { describe, expect, it } from 'vitest';
import { describeNewcomers } from '../history/rows/describe-person.ts';
import { generateCatalogue } from '../model/catalogue/catalogue.ts';
import { planNewcomers } from '../model/newcomers.ts';
import { generatePopulation } from '../model/population-testing.ts';
import { createShopperFactory } from './shoppers.ts';

const catalogue = generateCatalogue({ seed: 1, productCount: 500 });
const people = generatePopulation({ seed: 1, peopleCount: 50, asOf: Date.UTC(2026, 0, 1) });
const input = { seed: 3, passwordSignInRatio: 0, thinkTimeCompression: 10 };

describe('who acts in a planned session', () => {
  it('is a shopper whose steps depend on the seed and the session only', () => {
    const create = createShopperFactory({ input, people, catalogue });
    const [one, two] = [create(7, 42), create(7, 42)];
    expect(one.next(null)).toEqual(two.next(null));
    expect(one.next({ outcome: 'ok' })).toEqual(two.next({ outcome: 'ok' }));
    expect(() => create(51, 0)).toThrow('person 51');
  });

  it('is, right after a sign-up, a shopper whom the data set does not hold and who has a session already', () => {
    const [newcomer] = describeNewcomers(
      planNewcomers({
        seed: 3,
        asOfMs: Date.UTC(2026, 0, 1),
        growth: { model: 'bass', durationMs: 1_000, peopleCount: 1 },
      }),
      3,
    );
    const create = createShopperFactory({ input: { ...input, passwordSignInRatio: 1 }, people, catalogue });
    expect(create(7, 0).next(null).step).toEqual({ kind: 'arrive', signIn: 'password' });
    expect(create(51, 0, newcomer).next(null).step).toEqual({ kind: 'arrive', signIn: 'session' });
  });

  it('is one order of distinct products where orders are planned, half a second of wall time after arrival', () => {
    const create = createShopperFactory({ input: { ...input, sessionKind: 'order' }, people, catalogue });
    const session = create(7, 1);
    expect(session.next(null).step.kind).toBe('arrive');
    const order = session.next({ outcome: 'ok' });
    expect(order.thinkMs).toBe(5_000);
    if (order.step.kind !== 'place-order') throw new Error('no order was placed');
    const productIds = order.step.lines.map((line) => line.productId);
    expect(new Set(productIds).size).toBe(productIds.length);
    expect(session.next({ outcome: 'failed' }).step.kind).toBe('leave');
  });

  it('is the same order at once where people stand ready for it, with a token and a socket at hand', () => {
    const steps = (sessionKind: 'order' | 'standing-order') => {
      const session = createShopperFactory({ input: { ...input, sessionKind }, people, catalogue })(7, 1);
      return [session.next(null), ...Array.from({ length: 3 }, () => session.next({ outcome: 'ok' }))];
    };
    const standing = steps('standing-order');
    expect(standing.map(({ step }) => step)).toEqual(steps('order').map(({ step }) => step));
    expect(standing.map(({ thinkMs }) => thinkMs)).toEqual([0, 0, 0, 0]);
    expect(standing[0]?.step).toEqual({ kind: 'arrive', signIn: 'session' });
  });

  it('is a single request where requests are planned', () => {
    const session = createShopperFactory({ input: { ...input, sessionKind: 'request' }, people, catalogue })(
      7,
      1,
    );
    expect(session.next(null)).toMatchObject({ step: { kind: 'view-product' }, thinkMs: 0 });
    expect(session.next({ outcome: 'ok' }).step.kind).toBe('leave');
  });
});
