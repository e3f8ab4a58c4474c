import { describe, expect, it } from 'vitest';
import type { OpenVisit } from '../../engine/shop-adapter.ts';
import type { OrderAttempt } from './attempts.ts';
import { warmUpOrders, warmUpReads, warmUpTokens } from './warm-up.ts';

function shopThat(resolves: (orderCount: number) => boolean) {
  const attempts: OrderAttempt[] = [];
  const inside = new Set<number>();
  const kinds = new Set<string>();
  let orderCount = 0;
  const openVisit: OpenVisit = (personId) => {
    if (inside.has(personId)) throw new Error(`person ${personId} is in the shop twice`);
    inside.add(personId);
    return {
      async perform(step) {
        kinds.add(step.kind);
        if (step.kind === 'leave') {
          inside.delete(personId);
          orderCount += 1;
          const outcome = resolves(orderCount) ? 'confirmed' : null;
          attempts.push({
            orderId: `o${orderCount}`,
            answer: 'accepted',
            httpStatus: 202,
            outcome,
          } as OrderAttempt);
        }
        return { outcome: 'ok' };
      },
      abandon: async () => undefined,
    };
  };
  return { attempts, kinds, openVisit };
}

const common = {
  nowMs: () => 0,
  pickProduct: () => ({ id: 1, categoryId: 1, name: 'large bag' }),
  goesRound: true,
  progress: () => undefined,
  lastFailure: () => 'timeout POST /orders',
};

describe('warm-up', () => {
  it('places the orders asked for, touches every route, and lets nobody in twice at a time', async () => {
    const { attempts, kinds, openVisit } = shopThat(() => true);
    await warmUpOrders({ ...common, orderCount: 50, personIds: [1, 2, 3], attempts, openVisit });
    expect(attempts).toHaveLength(50);
    expect(kinds).toContain('cancel-order');
    expect(kinds).toContain('search');
  });

  it('takes no more than the way of an order where nobody goes round the shop', async () => {
    const { attempts, kinds, openVisit } = shopThat(() => true);
    const personIds = [1, 2, 3];
    await warmUpOrders({ ...common, goesRound: false, orderCount: 50, personIds, attempts, openVisit });
    expect(attempts).toHaveLength(50);
    expect([...kinds]).toEqual(['arrive', 'place-order', 'await-outcome', 'leave']);
  });

  it('fails by name when the shop leaves an order open', async () => {
    const { attempts, openVisit } = shopThat((count) => count < 5);
    const warmUp = warmUpOrders({ ...common, orderCount: 50, personIds: [1], attempts, openVisit });
    await expect(warmUp).rejects.toThrow(
      /did not resolve order o5 \(answer accepted, HTTP 202\) in time; 4 of 50 .* last failure: timeout POST/,
    );
  });

  it('gets everybody a session, a bounded number at a time, and says who got none', async () => {
    let atOnce = 0;
    let mostAtOnce = 0;
    const done: number[] = [];
    const renew = async (personId: number) => {
      mostAtOnce = Math.max(mostAtOnce, ++atOnce);
      await new Promise<void>((resolve) => setImmediate(resolve));
      atOnce -= 1;
      done.push(personId);
      return personId !== 99;
    };
    const deps = { renew, progress: () => undefined, lastFailure: () => 'POST /sessions/refresh 401' };
    await warmUpTokens(
      Array.from({ length: 90 }, (_, index) => index + 1),
      deps,
    );
    expect(new Set(done).size).toBe(90);
    expect(mostAtOnce).toBe(16);
    await expect(warmUpTokens([98, 99], deps)).rejects.toThrow(/person 99 .*refresh 401/);
  });

  it('looks at as many products as asked for in short visits, so that nobody does more than a shop takes of one', async () => {
    const visits: number[] = [];
    const inside = new Set<number>();
    const openVisit: OpenVisit = (personId) => {
      if (inside.has(personId)) throw new Error(`person ${personId} is in the shop twice`);
      inside.add(personId);
      const visit = visits.push(0) - 1;
      return {
        async perform({ kind }) {
          await new Promise<void>((resolve) => setImmediate(resolve));
          if (kind === 'view-product') visits[visit] = (visits[visit] ?? 0) + 1;
          if (kind === 'leave') inside.delete(personId);
          return { outcome: 'ok' };
        },
        abandon: async () => undefined,
      };
    };
    const deps = { ...common, openVisit, pickAnyProduct: common.pickProduct };
    await warmUpReads({ ...deps, readCount: 5_000, personIds: Array.from({ length: 40 }, (_, id) => id) });
    expect(visits.reduce((sum, count) => sum + count, 0)).toBe(5_000);
    expect(Math.max(...visits)).toBeLessThanOrEqual(100);
    expect(visits.length).toBeGreaterThan(40);
    expect(inside.size).toBe(0);
  });

  it('looks at nothing where nothing is asked for, and says when nobody is there to look', async () => {
    const openVisit: OpenVisit = () => {
      throw new Error('somebody came');
    };
    const deps = { ...common, openVisit, pickAnyProduct: common.pickProduct };
    await warmUpReads({ ...deps, readCount: 0, personIds: [1] });
    await warmUpReads({ ...deps, readCount: 0, personIds: [] });
    await expect(warmUpReads({ ...deps, readCount: 1, personIds: [] })).rejects.toThrow(/nobody to look/);
  });
});
