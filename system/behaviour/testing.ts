// Actions for tests of the behaviour log. Not used by the shop itself.
import { UUID } from 'uuidv7';
import type { LoggedAction } from './rules.ts';
import type { LogFilter } from './store/store.ts';

export const NO_FILTER: LogFilter = {
  customerId: null,
  targetType: null,
  targetId: null,
  action: null,
  from: null,
  to: null,
  words: [],
};

let made = 0;

/** An id made at this time; later ones of the same time are greater. */
export function idAt(at: Date): string {
  made += 1;
  return UUID.fromFieldsV7(at.getTime(), Math.floor(made / 0x1000) % 0x1000, 0, made).toString();
}

/** A click of customer 1 on product 7; `changes` override it. */
export function actionAt(at: Date | string, changes: Partial<LoggedAction> = {}): LoggedAction {
  const actedAt = new Date(at);
  return {
    id: idAt(actedAt),
    customerId: 1,
    action: 'click',
    target: { type: 'product', id: 7 },
    actedAt,
    ...changes,
  };
}

export function searchAt(at: Date | string, text: string, customerId = 1): LoggedAction {
  return actionAt(at, { customerId, action: 'search', target: { type: 'text', text } });
}

/** Waits until `probe` gives something. */
export async function until<T>(what: string, probe: () => T | Promise<T>): Promise<NonNullable<T>> {
  const deadlineMs = performance.now() + 120_000;
  for (;;) {
    const found = await probe();
    if (found) return found;
    if (performance.now() > deadlineMs) throw new Error(`${what}: not within two minutes`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
