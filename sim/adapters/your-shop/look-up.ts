// How an order stands at the shop, asked for with whichever of `outcome`, `order` and `orders` its file has.
import type { CheckoutAttempt } from './attempts.ts';
import type { Outcome, SeenLine, ShopOrder, ShopVisit } from './define-shop.ts';
import { orderOf, ordersOf, outcomeOf } from './seen.ts';
import { callVerb } from './verb-calls.ts';
import type { VisitDeps, Visitor } from './visit-deps.ts';

export type LookUp = {
  /** Whether the shop can be asked for an order at all. */
  canLookUp: boolean;
  /** How a pending order stands; null when that cannot be asked. */
  end(orderId: string): Promise<Outcome | null>;
  /** How a checkout ended whose end nobody heard; null where no order is found. `known`: orders that belong to other checkouts. */
  lost(attempt: CheckoutAttempt, known: ReadonlySet<string>): Promise<Outcome | null>;
  /** An order that stands as the shop keeps it, for the audit; null when it could not be asked. */
  found(orderId: string | null): Promise<CheckoutAttempt['found']>;
};

export function createLookUp(deps: VisitDeps, { person, http }: Visitor, shop: ShopVisit): LookUp {
  const ask = <Given, Value>(
    verb: 'outcome' | 'order' | 'orders',
    run: () => Promise<Given> | undefined,
    understand: (given: Given | undefined) => Value,
  ) => callVerb(deps, http, { verb, intendedMs: deps.timeline.nowMs(), run, understand });

  async function orders(): Promise<readonly ShopOrder[] | null> {
    if (shop.orders === undefined) return null;
    const end = await ask('orders', () => shop.orders?.(), ordersOf);
    return end.is === 'done' ? end.value : null;
  }

  /** `unasked` when the shop does not say whether there is one. */
  async function order(orderId: string): Promise<ShopOrder | 'missing' | 'unasked'> {
    if (shop.order !== undefined) {
      const end = await ask(
        'order',
        () => shop.order?.(orderId),
        (given) => (given === null ? null : orderOf('order', given)),
      );
      return end.is === 'failed' ? 'unasked' : (end.value ?? 'missing');
    }
    const all = await orders();
    if (all === null) return 'unasked';
    return all.find((candidate) => candidate.orderId === orderId) ?? 'missing';
  }

  async function byOutcome(orderId: string): Promise<Outcome | null> {
    const end = await ask(
      'outcome',
      () => shop.outcome?.(orderId),
      (given) => outcomeOf('outcome', given),
    );
    return end.is === 'done' ? end.value : null;
  }

  return {
    canLookUp: shop.order !== undefined || shop.orders !== undefined,
    async end(orderId) {
      if (shop.outcome !== undefined) return byOutcome(orderId);
      const found = await order(orderId);
      return typeof found === 'string' ? null : outcomeOfOrder(found);
    },
    async lost(attempt, known) {
      const { orderId } = attempt;
      if (orderId !== null) {
        const found = await order(orderId);
        if (typeof found !== 'string') return outcomeOfOrder(found);
        // A shop may know what becomes of a checkout before there is an order to be read.
        return shop.outcome === undefined ? null : byOutcome(orderId);
      }
      // A guest's orders are of this visit; those of an account may be of another day.
      if (person.password !== null) return null;
      const all = await orders();
      const found = all?.find(
        (candidate) => !known.has(candidate.orderId) && areAlike(candidate.lines, attempt.lines),
      );
      return found === undefined ? null : outcomeOfOrder(found);
    },
    async found(orderId) {
      if (orderId === null) return null;
      const found = await order(orderId);
      if (found === 'unasked') return null;
      if (found === 'missing') return 'missing';
      const { lines, total = null, state = 'stands' } = found;
      return { lines: [...lines], total, state };
    },
  };
}

/** What an order as the shop keeps it says of its checkout; a cancelled one that nobody took back was rejected. */
function outcomeOfOrder({ orderId, state, total }: ShopOrder): Outcome {
  if (state === 'pending') return { is: 'pending', orderId };
  if (state === 'cancelled') return { is: 'rejected', because: 'cancelled', orderId };
  return { is: 'ok', orderId, ...(total === undefined ? {} : { total }) };
}

/** Whether both are the same pieces of the same things. */
function areAlike(some: readonly SeenLine[], others: readonly SeenLine[]): boolean {
  const key = (lines: readonly SeenLine[]) =>
    lines
      .map(({ id, quantity }) => `${quantity} ${id}`)
      .sort()
      .join('\n');
  return key(some) === key(others);
}
