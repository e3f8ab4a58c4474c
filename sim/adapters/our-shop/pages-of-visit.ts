// The pages of one visit as far as they show live counters: each step that opens one is told to the socket, as a browser would.
import type { Shown, Step, StepResult } from '../../shopper/state/steps.ts';
import { type CountedPage, pageOf, productIdsOf } from './counted-page.ts';
import type { ShopSocket } from './sockets.ts';

/** A class, as the visit that it is a part of. */
export class PagesOfVisit {
  private readonly socket: () => ShopSocket | null;
  private page: CountedPage = { productIds: [], viewedId: null };

  constructor(socket: () => ShopSocket | null) {
    this.socket = socket;
  }

  /**
   * The step is done; gives its result. The products of a list are told when the shopper looks at it: whoever goes away at once never
   * saw a counter, and the answer's body is read no more than it would be.
   */
  turn(step: Step, result: StepResult): StepResult {
    if (result.outcome !== 'ok') return result;
    const turned = pageOf(step);
    switch (turned.kind) {
      case 'same':
        return result;
      case 'page':
        this.open(turned.page);
        return result;
      case 'shown':
        if (this.page.viewedId !== null) this.open({ ...this.page, viewedId: null });
        return whenSeen(result, (shown) => this.open({ productIds: productIdsOf(shown), viewedId: null }));
      case 'beside':
        return whenSeen(result, (shown) =>
          this.open({ ...this.page, productIds: [...this.page.productIds, ...productIdsOf(shown)] }),
        );
    }
  }

  private open(page: CountedPage): void {
    this.page = page;
    this.socket()?.counters.show(page);
  }
}

/** Tells of what is shown when it is read for the first time. */
function whenSeen(result: StepResult & { outcome: 'ok' }, seen: (shown: Shown | null) => void): StepResult {
  const { shown } = result;
  if (shown === undefined) return result;
  let isSeen = false;
  return {
    ...result,
    shown() {
      const read = shown();
      if (!isSeen) seen(read);
      isSeen = true;
      return read;
    },
  };
}
