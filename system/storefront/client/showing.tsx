// Shows the page of the address: its skeleton while it is read, then itself; and what it makes of outcomes of orders.
import { render } from 'preact';
import type { OrderOutcome } from '../../contract/orders.ts';
import { Parts } from './frame.tsx';
import { texts } from './language/language.ts';
import { Failure } from './pages/failure.tsx';
import { findPage } from './pages.tsx';
import type { Perform } from './shared/controls.tsx';
import type { Counters } from './shared/counters.ts';
import { outcomeText } from './shared/format.ts';
import { problemText, ShopProblem } from './shared/request.ts';
import { type Route, readRoute } from './shared/route.ts';
import { Skeleton } from './shared/skeleton.tsx';
import type { Shop, View } from './shared/view.ts';

export type Showing = {
  /** Shows the skeleton of the first page. */
  begin(): void;
  /** Shows the page of the address; a page that was left before it was there is dropped. */
  refresh(): Promise<void>;
  hear(outcome: OrderOutcome, isNews: boolean): void;
};

/** A page that is there sooner is waited for. */
const SKELETON_AFTER_MS = 150;

type Deps = {
  place: HTMLElement;
  shop: Shop;
  perform: Perform;
  counters: Counters;
  toSignIn: () => Promise<View>;
  /** Somebody has come to another address. */
  onComing: (route: Route, before: Route | null) => void;
};

export function createShowing(deps: Deps): Showing {
  const { place, shop, perform, counters, toSignIn, onComing } = deps;
  let view: View = { title: '', body: null };
  let shownCount = 0;
  let shown: { address: string; route: Route } | null = null;
  let isReading = false;
  /** Heard while a page is being read: told when it is there, so that no page misses what was faster than its reading. */
  const heardMeanwhile: [outcome: OrderOutcome, isNews: boolean][] = [];

  async function readView(route: Route): Promise<View> {
    const { page, needsSession } = findPage(route);
    if (needsSession && !shop.session.isSignedIn()) return toSignIn();
    return page(route, shop).catch((error: unknown) => {
      if (error instanceof ShopProblem && error.status === 401) return toSignIn();
      throw error;
    });
  }

  function problemView(error: unknown): View {
    const { failure } = texts();
    const isKnown = error instanceof ShopProblem;
    const isMissing = isKnown && (error.status === 404 || error.status === 400);
    const title = isMissing ? failure.notFound : failure.didNotWork;
    const isAway = !isKnown || error.status >= 500;
    const detail = isMissing ? failure.missing : isAway ? failure.silent : problemText(error);
    return { title, body: <Failure title={title} detail={detail} again={isMissing ? null : refresh} /> };
  }

  function showSkeleton(route: Route): void {
    // Where nothing is asked for, nothing is waited for.
    const { skeleton, needsSession } = findPage(route);
    if (needsSession && !shop.session.isSignedIn()) return;
    render(<Skeleton key="skeleton" kind={skeleton} />, place);
    scrollTo(0, 0);
  }

  async function refresh(): Promise<void> {
    shownCount += 1;
    const mine = shownCount;
    isReading = true;
    place.setAttribute('aria-busy', 'true');
    const address = location.hash;
    const route = readRoute(address);
    const timer = setTimeout(() => {
      if (mine === shownCount && shown !== null && shown.address !== address) showSkeleton(route);
    }, SKELETON_AFTER_MS);
    const next = await readView(route).catch(problemView);
    clearTimeout(timer);
    if (mine !== shownCount) return;
    view = next;
    // A page of another address is another page: nothing that was typed or chosen is carried over to it.
    render(
      <Parts
        key={address}
        perform={perform}
        counters={counters}
        wishes={shop.session.isSignedIn() ? shop.wishes : null}
      >
        {view.body}
      </Parts>,
      place,
    );
    place.removeAttribute('aria-busy');
    document.title = `${view.title} · ${texts().frame.shop}`;
    isReading = false;
    if (shown?.address !== address) onComing(route, shown?.route ?? null);
    shown = { address, route };
    for (const [outcome, isNews] of heardMeanwhile.splice(0)) tell(outcome, isNews);
  }

  function tell(outcome: OrderOutcome, isNews: boolean): void {
    if (view.onOutcome?.(outcome) || !isNews) return;
    const link = { address: `/orders/${outcome.orderId}`, text: texts().checkout.seeOrder };
    shop.notify(outcomeText(outcome), link);
  }

  return {
    begin: () => showSkeleton(readRoute(location.hash)),
    refresh,
    hear(outcome, isNews) {
      if (isReading) heardMeanwhile.push([outcome, isNews]);
      else tell(outcome, isNews);
    },
  };
}
