// The storefront in the browser: puts its parts together, and passes clicks, addresses and outcomes of orders on to them.
import { createFrame } from './frame.tsx';
import { type Language, preferredLanguage, rememberLanguage, speak, texts } from './language/language.ts';
import { createApi } from './shared/api.ts';
import { createBehaviour } from './shared/behaviour.ts';
import { createCart } from './shared/cart.ts';
import {
  maxBehaviourActions,
  maxCartLines,
  maxLineQuantity,
  maxWatchedCoupons,
  maxWatchedProducts,
} from './shared/contract-values.ts';
import { createCounters } from './shared/counters.ts';
import { deedsOfComing, idOf, onProduct } from './shared/deeds.ts';
import { watchDwelling } from './shared/dwelling.ts';
import { createGuestCart } from './shared/guest-cart.ts';
import { createLive } from './shared/live.ts';
import { createNotices } from './shared/notices.tsx';
import { wordsOf } from './shared/notification-words.ts';
import { createNotifications } from './shared/notifications.ts';
import { createOpenOrders } from './shared/open-orders.ts';
import { createPerform } from './shared/performing.ts';
import { createAsk } from './shared/question.tsx';
import { link, type Route } from './shared/route.ts';
import { keepScrolling } from './shared/scrolling.ts';
import { createSession } from './shared/session.ts';
import type { Shop, View } from './shared/view.ts';
import { createWishes } from './shared/wishes.ts';
import { createShowing } from './showing.tsx';

/** Pages that show what a notification tells. */
const TOLD_ON: ReadonlySet<string> = new Set(['#/notifications', '#/coupons']);

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no element #${id}`);
  return found;
}

const main = element('main');
const { notify, clear: clearNotices } = createNotices(element('notices'));
const session = createSession();
const api = createApi(session);
const openOrders = createOpenOrders({ storage: localStorage, customerId: session.customerId });
const guestCart = createGuestCart(localStorage, maxCartLines);
const cart = createCart({ session, api, guestCart, mostOfOne: maxLineQuantity });
const behaviour = createBehaviour({
  isSignedIn: session.isSignedIn,
  batchMost: maxBehaviourActions,
  send: (actions, isLast) => (isLast ? api.tellLast(actions) : live.tell(actions)),
});
const counters = createCounters({
  say: { watch: (watch) => live.watchCounters(watch), view: (view) => live.viewProduct(view) },
  most: { products: maxWatchedProducts, coupons: maxWatchedCoupons },
});
const wishes = createWishes({ session, api });
const notifications = createNotifications({
  isSignedIn: session.isSignedIn,
  readUnread: async () => (await api.notifications(new URLSearchParams({ limit: '1' }))).unreadCount,
  askToShow: (shown) => live.askToShow(shown),
  show(notification) {
    const { text, link: way } = wordsOf(notification);
    notify(text, way);
    if (TOLD_ON.has(location.hash)) void showing.refresh();
  },
  onChange: () => frame.show(),
});
const live = createLive({
  session,
  beginVisit: api.beginVisit,
  openOrders,
  behaviour,
  counters,
  notifications,
  onOutcome(outcome, isNews) {
    void frame.refresh();
    showing.hear(outcome, isNews);
  },
});
const perform = createPerform({ session, notify, toSignIn: leadToSignIn });
const dwelling = watchDwelling(main, (productId) => behaviour.tell(onProduct('hover', productId)));
const scrolling = keepScrolling(window);

const shop: Shop = {
  session,
  api,
  live,
  openOrders,
  cart,
  behaviour,
  notifications,
  wishes,
  notify,
  ask: createAsk(element('question')),
  go,
  leadTo(address) {
    location.replace(link(address));
    return { title: '', body: null };
  },
  refresh: () => showing.refresh(),
  refreshHeader: () => frame.refresh(),
  signOut,
  changeLanguage,
};
const frame = createFrame({
  header: element('header'),
  footer: element('footer'),
  shop,
  perform,
  counters,
  onSearch: (text) => go(link('/products', { search: text }).slice(1)),
});
const showing = createShowing({ place: main, shop, perform, counters, toSignIn: leadToSignIn, onComing });

function onComing(route: Route, before: Route | null): void {
  dwelling.forget();
  behaviour.tell(...deedsOfComing(route, before));
  counters.view(route.path[0] === 'products' ? idOf(route.path[1]) : null);
}

function go(address: string): void {
  if (location.hash === `#${address}`) void showing.refresh();
  else location.hash = address;
}

/** Nothing of the one who was signed in stays. */
async function leaveSession(): Promise<void> {
  behaviour.forget();
  clearNotices('everything');
  live.follow();
  await Promise.all([notifications.refresh(), frame.refresh()]);
}

/** Leads to the sign-in and from there back here. */
async function leadToSignIn(): Promise<View> {
  session.forget();
  await leaveSession();
  location.replace(link('/sign-in', { next: location.hash.slice(1) }));
  return { title: texts().account.signIn, body: null };
}

/** Here it always ends; the shop may not have heard of it. */
async function signOut(): Promise<void> {
  behaviour.flush();
  const failure = await api.signOut().then(
    () => null,
    (error: unknown) => error,
  );
  await leaveSession();
  go('/');
  if (failure !== null) notify(texts().header.signedOutHere, undefined, 'until-closed');
}

function beIn(language: Language): void {
  speak(language);
  document.documentElement.lang = language;
}

async function changeLanguage(language: Language): Promise<void> {
  beIn(language);
  rememberLanguage(localStorage, language);
  await Promise.all([showing.refresh(), frame.refresh()]);
}

document.addEventListener('click', (event) => {
  // A link to where one is changes no address, and means: look again.
  const address = (event.target as Element).closest('a[href^="#/"]')?.getAttribute('href');
  if (address === (location.hash || '#/')) void showing.refresh();
});
window.addEventListener('hashchange', async () => {
  clearNotices('in-passing');
  const { hash } = location;
  await Promise.all([showing.refresh(), frame.refresh()]);
  // Left meanwhile: what stands there now is not the page whose place and focus this would be.
  if (location.hash !== hash) return;
  scrolling.restore();
  main.focus({ preventScroll: true });
});
window.addEventListener('pagehide', behaviour.flush);

beIn(preferredLanguage(localStorage, navigator.languages));
frame.show();
showing.begin();
if (session.isSignedIn()) await session.refresh().catch(() => false);
live.follow();
if (session.isSignedIn()) await cart.merge();
await Promise.all([showing.refresh(), frame.refresh(), notifications.refresh()]);
scrolling.restore();
