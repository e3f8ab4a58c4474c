// What this browser remembers of the orders whose outcome it does not know, so that after a reload, and in every tab, the
// same order is sent again under the same id and is placed once. Each customer's are apart: whoever signs in next on
// this browser meets only their own.
import { uuidv7 } from 'uuidv7';
import type { OrderLine, PlaceOrderBody } from '../../../contract/orders.ts';

/** As it was first sent: the same id always goes with the same lines. */
export type SentOrder = PlaceOrderBody & { expectedTotalKrw: number };

/** `unknown`: it may have reached the shop or not. `accepted`: the shop has it and decides in a moment. */
export type OpenOrder = { order: SentOrder; state: 'unknown' | 'accepted' };

type Draft = { id: string; lines: OrderLine[]; totalKrw: number; couponId?: string | null };
type Remembered = { draft: Draft | null; open: OpenOrder[] };

export type OpenOrders = {
  /**
   * The id for an order that is about to be sent. It is the same for the same cart and coupon in every tab, and after a reload, until
   * an order of that id has an outcome.
   */
  draftId(lines: OrderLine[], totalKrw: number, couponId?: string | null): string;
  /** Before it is sent: from now on its outcome is unknown. */
  send(order: SentOrder): void;
  accept(orderId: string): void;
  /** It was surely not placed, and may be sent again under the same id. */
  takeBack(orderId: string): void;
  /** Its outcome is known. */
  settle(orderId: string): void;
  find(orderId: string): OpenOrder | null;
  /** Oldest first. */
  list(): OpenOrder[];
};

const NOTHING: Remembered = { draft: null, open: [] };

/** What was written before; what somebody else has broken counts as nothing. */
function readRemembered(text: string | null): Remembered {
  if (text === null) return NOTHING;
  try {
    const { draft, open } = JSON.parse(text) as Remembered;
    return { draft: draft ?? null, open: Array.isArray(open) ? open : [] };
  } catch {
    return NOTHING;
  }
}

/** Whether two orders, or an order and a cart, hold the same products in the same quantities. */
export function areSameLines(some: readonly OrderLine[], others: readonly OrderLine[]): boolean {
  const quantities = new Map(others.map(({ productId, quantity }) => [productId, quantity]));
  return (
    some.length === others.length &&
    some.every(({ productId, quantity }) => quantities.get(productId) === quantity)
  );
}

/** @param deps.customerId who is signed in; nothing is remembered for nobody. */
export function createOpenOrders(deps: {
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  customerId: () => string | null;
}): OpenOrders {
  const { storage } = deps;

  const key = (): string => `openOrders:${deps.customerId() ?? 'nobody'}`;

  // Read anew each time, because other tabs write it too.
  const read = (): Remembered => readRemembered(storage.getItem(key()));

  function write(remembered: Remembered): void {
    if (deps.customerId() === null) return;
    if (remembered.draft === null && remembered.open.length === 0) storage.removeItem(key());
    else storage.setItem(key(), JSON.stringify(remembered));
  }

  const without = (open: OpenOrder[], orderId: string) => open.filter(({ order }) => order.id !== orderId);

  return {
    draftId(lines, totalKrw, couponId = null) {
      const { draft, open } = read();
      const isTaken = open.some(({ order }) => order.id === draft?.id);
      const isSame = draft?.totalKrw === totalKrw && (draft.couponId ?? null) === couponId;
      if (draft !== null && !isTaken && isSame && areSameLines(draft.lines, lines)) return draft.id;
      const id = uuidv7();
      write({ draft: { id, lines, totalKrw, couponId }, open });
      return id;
    },
    send(order) {
      const { draft, open } = read();
      if (open.some((each) => each.order.id === order.id)) return;
      write({ draft, open: [...open, { order, state: 'unknown' }] });
    },
    accept(orderId) {
      const { draft, open } = read();
      const accepted = open.map((each) =>
        each.order.id === orderId ? { ...each, state: 'accepted' as const } : each,
      );
      write({ draft, open: accepted });
    },
    takeBack(orderId) {
      const { draft, open } = read();
      write({ draft, open: without(open, orderId) });
    },
    settle(orderId) {
      const { draft, open } = read();
      write({ draft: draft?.id === orderId ? null : draft, open: without(open, orderId) });
    },
    find: (orderId) => read().open.find(({ order }) => order.id === orderId) ?? null,
    list: () => read().open,
  };
}
