// The live counters at one socket: says what its page shows, after every connect and whenever that changes, and hears of new
// values. The messages are many and nobody reads them, so no more of one is parsed than when its change happened.
import { type CountersChanged, MAX_WATCHED_PRODUCTS } from '../../../system/contract/counters.ts';
import type { CountedPage } from './counted-page.ts';

/** How such a message begins on the wire, in the order in which the shop writes it. */
const BEGINNING = '42["counters:changed",{"changedMs":';
/** Longer than any time. */
const TIME_LENGTH = 32;

/** Called for each message; `changedMs` as in CountersChanged. */
export type OnCounters = (changedMs: number | null) => void;

/** When the change of such a message happened; undefined for any other message. */
export function changedMsOf(message: string): number | null | undefined {
  if (!message.startsWith(BEGINNING)) return undefined;
  const changedMs = Number.parseFloat(message.slice(BEGINNING.length, BEGINNING.length + TIME_LENGTH));
  return Number.isNaN(changedMs) ? null : changedMs;
}

/** As a message that was parsed all the same. */
export const heard =
  (onCounters: OnCounters) =>
  ({ changedMs }: CountersChanged): void =>
    onCounters(changedMs);

export type CountersOfSocket = {
  /** The page that is open from now on. */
  show(page: CountedPage): void;
  connected(): void;
};

const isSame = (one: readonly number[], other: readonly number[]): boolean =>
  one.length === other.length && one.every((id, index) => id === other[index]);

/** `view` and `watch` send at once; they are called only while the socket is connected. */
export function createCountersOfSocket(deps: {
  view(productId: number | null): void;
  watch(productIds: number[]): void;
  isConnected(): boolean;
}): CountersOfSocket {
  const nothing: CountedPage = { productIds: [], viewedId: null };
  let page = nothing;
  let said = nothing;

  function tell(): void {
    if (page.viewedId !== said.viewedId) deps.view(page.viewedId);
    if (!isSame(page.productIds, said.productIds)) deps.watch([...page.productIds]);
    said = page;
  }
  return {
    show({ productIds, viewedId }) {
      page = { productIds: [...new Set(productIds)].slice(0, MAX_WATCHED_PRODUCTS), viewedId };
      if (deps.isConnected()) tell();
    },
    connected() {
      said = nothing;
      tell();
    },
  };
}
