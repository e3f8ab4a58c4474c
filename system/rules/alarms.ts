// Moments that come with time alone: who is to be looked at when. A wheel of slots, so that setting and taking one back cost the
// same however many there are.

/** `page`: on a product's page; `cart`: a cart that is not touched; `purchase`: an order that was not confirmed yet. */
export type AlarmKind = 'page' | 'cart' | 'purchase';
export type Alarm = { customerId: number; kind: AlarmKind; dueMs: number };

export type Alarms = {
  /** One of each kind for each person: a new time replaces the one before. Unix ms of the shop's clock. */
  set(alarm: Alarm): void;
  /** Sets it where none of its kind was set for its person meanwhile. */
  setAgain(alarm: Alarm): void;
  cancel(customerId: number, kind: AlarmKind): void;
  /** Takes out those whose time has come, the earliest first. */
  takeDue(nowMs: number): Alarm[];
  clear(): void;
  count(): number;
};

/** None comes later than this behind its time, besides the ticks of whoever asks. */
const SLOT_MS = 250;

export function createAlarms(): Alarms {
  const alarms = new Map<string, { alarm: Alarm; slot: number }>();
  const slots = new Map<number, Set<string>>();
  /** Every slot up to here was taken. */
  let taken = Number.NEGATIVE_INFINITY;

  const nameOf = ({ customerId, kind }: Omit<Alarm, 'dueMs'>) => `${kind}:${customerId}`;

  function remove(name: string): void {
    const slot = alarms.get(name)?.slot;
    if (slot === undefined) return;
    alarms.delete(name);
    const names = slots.get(slot);
    if (names?.delete(name) && names.size === 0) slots.delete(slot);
  }
  function take(slot: number): Alarm[] {
    const names = [...(slots.get(slot) ?? [])];
    const found = names.flatMap((name) => alarms.get(name)?.alarm ?? []);
    for (const name of names) remove(name);
    return found;
  }
  function set(alarm: Alarm): void {
    const name = nameOf(alarm);
    remove(name);
    // What is overdue already comes with the next slot.
    const slot = Math.max(Math.ceil(alarm.dueMs / SLOT_MS), taken + 1);
    alarms.set(name, { alarm, slot });
    slots.set(slot, (slots.get(slot) ?? new Set()).add(name));
  }
  return {
    set,
    setAgain(alarm) {
      if (!alarms.has(nameOf(alarm))) set(alarm);
    },
    cancel: (customerId, kind) => remove(nameOf({ customerId, kind })),
    takeDue(nowMs) {
      const last = Math.floor(nowMs / SLOT_MS);
      // After a long pause there are more slots of time than of alarms.
      const due =
        last - taken > slots.size
          ? [...slots.keys()].filter((slot) => slot <= last)
          : Array.from({ length: Math.max(0, last - taken) }, (_, index) => taken + 1 + index);
      const found = due.flatMap(take);
      taken = Math.max(taken, last);
      return found.sort((one, other) => one.dueMs - other.dueMs);
    },
    clear() {
      alarms.clear();
      slots.clear();
    },
    count: () => alarms.size,
  };
}
