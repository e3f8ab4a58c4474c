// The cart of somebody who is not signed in, as this browser remembers it. At the next sign-in it becomes part of theirs.

export type GuestLine = {
  productId: number;
  quantity: number;
  /**
   * What this customer's cart is to hold of it, decided before it is asked for, so that a request whose answer got lost puts
   * nothing in twice.
   */
  target?: { customerId: string; quantity: number };
};

export type GuestCart = {
  lines(): GuestLine[];
  set(line: GuestLine): void;
  remove(productId: number): void;
};

const KEPT_AS = 'guestCart';

function isLine(value: unknown): value is GuestLine {
  if (typeof value !== 'object' || value === null) return false;
  const { productId, quantity } = value as Partial<GuestLine>;
  return [productId, quantity].every((each) => Number.isInteger(each) && Number(each) > 0);
}

/** What was written before; what somebody else has broken counts as nothing. */
function readLines(text: string | null): GuestLine[] {
  try {
    const lines: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(lines) ? lines.filter(isLine) : [];
  } catch {
    return [];
  }
}

/** Read anew each time, because other tabs write it too. Beyond `mostLines` the newest are not kept. */
export function createGuestCart(
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
  mostLines: number,
): GuestCart {
  const lines = (): GuestLine[] => readLines(storage.getItem(KEPT_AS));
  function write(next: readonly GuestLine[]): void {
    if (next.length === 0) storage.removeItem(KEPT_AS);
    else storage.setItem(KEPT_AS, JSON.stringify(next.slice(0, mostLines)));
  }
  return {
    lines,
    set(line) {
      const before = lines();
      const isThere = before.some(({ productId }) => productId === line.productId);
      write(
        isThere ? before.map((each) => (each.productId === line.productId ? line : each)) : [...before, line],
      );
    },
    remove: (productId) => write(lines().filter((line) => line.productId !== productId)),
  };
}
