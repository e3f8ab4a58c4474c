import { describe, expect, it } from 'vitest';
import { readFault } from './fault.ts';
import { heardLikeAnOrder, type Order, recoveryOf } from './recovery.ts';

const row = (second: number, requestsFailed = 0, kafkaLagCount: number | null = 0) => ({
  second,
  sessionsPlanned: 30,
  requestsFailed,
  kafkaLagCount,
});

function order(attemptedAtMs: number, changes: Partial<Order> = {}): Order {
  const heard = { outcomeSeenBy: 'socket', outcomeAfterMs: 40 } as const;
  return { attemptedAtMs, phase: 'measure', answer: 'accepted', ...heard, ...changes };
}

const faults = { 'api-kill': { label: 'API killed' }, 'broker-kill': { label: 'a broker killed' } };

it('a target of whom nobody orders has recovered when its requests are quiet', () => {
  const rows = Array.from({ length: 12 }, (_, second) => row(second, second === 3 ? 2 : 0));
  expect(recoveryOf(rows, null, 3)).toEqual({ seconds: 1, because: null });
  expect(recoveryOf(rows, [], 3).seconds).toBeNull();
});

describe('a fault on the command line', () => {
  it('strikes in the middle unless told when', () => {
    expect(readFault('api-kill', faults)).toEqual({ name: 'api-kill', atRatio: 0.5 });
    expect(readFault('broker-kill@25%', faults)).toEqual({ name: 'broker-kill', atRatio: 0.25 });
  });

  it('is refused with the nearest name, or with the share that is needed', () => {
    expect(readFault('broker-kil@50%', faults)).toContain('Did you mean `broker-kill`?');
    expect(readFault('api-kill', {})).toContain('Its target offers none.');
    expect(readFault('api-kill@150%', faults)).toContain('Needed: a share of the measured span');
    expect(readFault('api-kill@soon', faults)).toContain('found soon');
  });
});

describe('the time to recover', () => {
  const quiet = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => row(from + i));
  /** Two orders a second from `from` on, each heard of by a push after 40 ms, unless said otherwise. */
  const orders = (from: number, to: number, changes: Partial<Order> = {}): Order[] =>
    Array.from({ length: 2 * (to - from) }, (_, i) => order(1_000 * from + 500 * i, changes));
  const healthy = orders(0, 58);

  it('is nothing when nothing failed', () => {
    expect(recoveryOf(quiet(0, 60), healthy, 30)).toEqual({ seconds: 0, because: null });
  });

  it('is told of a run of any length, however many shoppers heard too late', () => {
    const late = Array.from({ length: 200_000 }, () => order(31_000, { outcomeAfterMs: 2_000 }));
    expect(recoveryOf(quiet(0, 60), [...healthy, ...late], 30)).toEqual({ seconds: 3, because: null });
  });

  it('runs to the end of the last second with a failure', () => {
    const rows = [...quiet(0, 31), row(31, 4), row(32, 0), row(33, 1), ...quiet(34, 60)];
    expect(recoveryOf(rows, healthy, 30).seconds).toBe(4);
  });

  it('counts a backlog as trouble until it is no deeper than before', () => {
    const rows = [
      row(0, 0, 3),
      ...quiet(1, 30),
      row(30, 0, 80),
      row(31, 0, 40),
      row(32, 0, 3),
      ...quiet(33, 60),
    ];
    expect(recoveryOf(rows, healthy, 30).seconds).toBe(2);
  });

  it('is unknown when the trouble reaches to the end', () => {
    const rows = [...quiet(0, 57), row(57, 1), row(58), row(59)];
    expect(recoveryOf(rows, healthy, 30)).toEqual({
      seconds: null,
      because: expect.stringContaining('requests failed'),
    });
  });

  it('leaves trouble before the fault alone', () => {
    expect(recoveryOf([row(0, 5), ...quiet(1, 60)], healthy, 30).seconds).toBe(0);
  });

  it('is unknown when no outcome is pushed any more, though every order can be asked for', () => {
    const asked = orders(30, 58, { outcomeSeenBy: 'retrieved', outcomeAfterMs: 10_000 });
    const { seconds, because } = recoveryOf(quiet(0, 70), [...orders(0, 30), ...asked], 30);
    expect(seconds).toBeNull();
    expect(because).toMatch(
      /^56 of 56 orders after the fault were not told to their shoppers by a push within 1\.0 s/,
    );
    const never = orders(30, 58, { outcomeSeenBy: null, outcomeAfterMs: null });
    expect(recoveryOf(quiet(0, 70), [...orders(0, 30), ...never], 30).seconds).toBeNull();
  });

  it('is told by lists where people act, and names what was not heard of', () => {
    const act = (attemptedAtMs: number, shownAfterMs: number | null) =>
      heardLikeAnOrder({
        kind: 'act',
        actionId: 'a',
        customerId: 7,
        attemptedAtMs,
        phase: 'measure',
        action: 'click',
        productId: 3,
        answer: 'accepted',
        shownAfterMs,
        reflectedId: null,
        categoryReflectedId: null,
        categoryFirstProductId: null,
        unknownIds: [],
      });
    const acts = (from: number, to: number, shownAfterMs: number | null) =>
      Array.from({ length: 2 * (to - from) }, (_, i) => act(1_000 * from + 500 * i, shownAfterMs));
    const rows = quiet(0, 70);
    expect(recoveryOf(rows, acts(0, 58, 40), 30, 'acts').seconds).toBe(0);
    const waited = [...acts(0, 30, 40), act(30_000, 4_000), ...acts(34, 58, 40)];
    expect(recoveryOf(rows, waited, 30, 'acts').seconds).toBe(4);
    const { because } = recoveryOf(rows, [...acts(0, 30, 40), ...acts(30, 58, null)], 30, 'acts');
    expect(because).toContain('56 of 56 acts after the fault');
  });

  it('is unknown when a part of the pushes is lost', () => {
    const some = orders(30, 58).map((one, index) =>
      index % 4 === 0 ? { ...one, outcomeSeenBy: 'retrieved' as const, outcomeAfterMs: 10_000 } : one,
    );
    expect(recoveryOf(quiet(0, 70), [...orders(0, 30), ...some], 30).seconds).toBeNull();
  });

  it('runs until the last shopper who waited longer than anybody before has heard', () => {
    const struck = order(29_900, { outcomeAfterMs: 6_300 });
    const slow = order(2_000, { outcomeAfterMs: 3_000 });
    expect(recoveryOf(quiet(0, 60), [...healthy, struck], 30).seconds).toBe(7);
    // A wait that was usual before the fault is none of its doing.
    const usual = order(31_000, { outcomeAfterMs: 3_000 });
    expect(recoveryOf(quiet(0, 60), [...healthy, slow, usual], 30).seconds).toBe(0);
  });

  it('does not expect of an order that the end cut short what it had no time for', () => {
    const cut = order(59_900, { outcomeSeenBy: 'retrieved', outcomeAfterMs: 60 });
    const open = order(59_950, { outcomeSeenBy: null, outcomeAfterMs: null });
    const refused = order(58_000, { answer: 'refused', outcomeSeenBy: null, outcomeAfterMs: null });
    expect(recoveryOf(quiet(0, 60), [...healthy, cut, open, refused], 30).seconds).toBe(0);
  });

  it('is owed nothing for an order that came to nothing with its request', () => {
    const nothing = order(30_100, { answer: 'unknown', outcomeSeenBy: null, outcomeAfterMs: null });
    expect(recoveryOf(quiet(0, 60), [...healthy, nothing], 30).seconds).toBe(0);
    const decided = order(30_100, { answer: 'unknown', outcomeSeenBy: 'retrieved', outcomeAfterMs: 9_900 });
    expect(recoveryOf(quiet(0, 60), [...healthy, decided], 30).seconds).toBe(10);
  });

  it('is not told from too few orders', () => {
    const { seconds, because } = recoveryOf(quiet(0, 60), orders(29, 32), 30);
    expect(seconds).toBeNull();
    expect(because).toMatch(/^only 4 orders .* 5 are needed to tell: run longer, or at a higher rate$/);
  });

  it('is unknown when shoppers no longer come as far as an order', () => {
    const { seconds, because } = recoveryOf(quiet(0, 60), [...orders(0, 30), ...orders(30, 33)], 30);
    expect(seconds).toBeNull();
    expect(because).toBe('only 6 orders were heard of where the plan leads to expect 60');
  });
});
