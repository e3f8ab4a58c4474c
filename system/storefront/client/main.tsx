// The storefront in the browser: finds the page for the address, shows it, and passes clicks, forms and outcomes of
// orders on to it.
import { render } from 'preact';
import type { OrderOutcome } from '../../contract/orders.ts';
import { Header, type HeaderState, readHeader } from './header.tsx';
import { Failure } from './pages/failure.tsx';
import { findPage } from './pages.tsx';
import { createApi } from './shared/api.ts';
import { Performing } from './shared/controls.tsx';
import { outcomeText } from './shared/format.ts';
import { createLive } from './shared/live.ts';
import { createNotices } from './shared/notices.tsx';
import { createOpenOrders } from './shared/open-orders.ts';
import { certaintyAfter, failureText, ShopProblem } from './shared/request.ts';
import { createSession } from './shared/session.ts';
import { link, readRoute, type Shop, type View } from './shared/view.ts';

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no element #${id}`);
  return found;
}

const [main, head] = [element('main'), element('header')];
const { notify, clear: clearNotices } = createNotices(element('notices'));
const session = createSession();
const api = createApi(session);
const openOrders = createOpenOrders({ storage: localStorage, customerId: session.customerId });
const live = createLive({ session, openOrders, onOutcome });
const shop: Shop = { session, api, live, openOrders, notify, go, leadTo, refresh, refreshHeader };

let view: View = { title: '', body: null };
let shownCount = 0;
let headerState: HeaderState = null;
let isReading = false;
/** Heard while a page is being read: told when it is there, so that no page misses what was faster than its reading. */
const heardMeanwhile: [outcome: OrderOutcome, isNews: boolean][] = [];

function go(address: string): void {
  if (location.hash === `#${address}`) void refresh();
  else location.hash = address;
}

function leadTo(address: string): View {
  location.replace(link(address));
  return { title: '', body: null };
}

/** Shows the page of the address; a page that was left before it was there is dropped. */
async function refresh(): Promise<void> {
  shownCount += 1;
  const mine = shownCount;
  isReading = true;
  main.setAttribute('aria-busy', 'true');
  const address = location.hash;
  const next = await readView().catch(problemView);
  if (mine !== shownCount) return;
  view = next;
  // A page of another address is another page: nothing that was typed or chosen is carried over to it.
  render(
    <Performing.Provider key={address} value={perform}>
      {view.body}
    </Performing.Provider>,
    main,
  );
  main.removeAttribute('aria-busy');
  document.title = `${view.title} · Stampede shop`;
  isReading = false;
  for (const [outcome, isNews] of heardMeanwhile.splice(0)) tell(outcome, isNews);
}

async function readView(): Promise<View> {
  const route = readRoute(location.hash);
  const { page, needsSession } = findPage(route);
  if (needsSession && !session.isSignedIn()) return signIn();
  return page(route, shop).catch((error: unknown) => {
    if (error instanceof ShopProblem && error.status === 401) return signIn();
    throw error;
  });
}

/** Leads to the sign-in and from there back here. */
async function signIn(): Promise<View> {
  session.forget();
  clearNotices('everything');
  live.follow();
  await refreshHeader();
  location.replace(link('/sign-in', { next: location.hash.slice(1) }));
  return { title: 'Sign in', body: null };
}

function problemView(error: unknown): View {
  const isKnown = error instanceof ShopProblem;
  const title = isKnown && (error.status === 404 || error.status === 400) ? 'Not found' : 'That did not work';
  const isAway = !isKnown || error.status >= 500;
  const detail = isAway ? 'The shop does not answer. Try again in a moment.' : error.message;
  return { title, body: <Failure title={title} detail={detail} again={refresh} /> };
}

/** Where the shop does not answer, it shows what it showed before: a shop that is silent signs nobody out. */
async function refreshHeader(): Promise<void> {
  const state = await readHeader({ session, api }).catch(() => headerState ?? { nickname: '', cartCount: 0 });
  headerState = session.isSignedIn() ? state : null;
  const search = readRoute(location.hash).query.get('search') ?? '';
  render(
    <Performing.Provider value={perform}>
      <Header state={headerState} search={search} onSearch={searchFor} signOut={signOut} />
    </Performing.Provider>,
    head,
  );
}

function onOutcome(outcome: OrderOutcome, isNews: boolean): void {
  void refreshHeader();
  if (isReading) heardMeanwhile.push([outcome, isNews]);
  else tell(outcome, isNews);
}

function tell(outcome: OrderOutcome, isNews: boolean): void {
  if (view.onOutcome?.(outcome) || !isNews) return;
  notify(outcomeText(outcome), { address: `/orders/${outcome.orderId}`, text: 'See the order' });
}

/** Does what a button or form asks for, once at a time; what the shop refuses is told. */
async function perform(control: HTMLElement, work: () => Promise<void>): Promise<void> {
  if (control.ariaBusy === 'true') return;
  control.ariaBusy = 'true';
  try {
    await work();
  } catch (error) {
    if (
      error instanceof ShopProblem &&
      error.status === 401 &&
      !session.isSignedIn() &&
      view.title !== 'Sign in'
    ) {
      await signIn();
    } else {
      tellFailure(error);
    }
  } finally {
    control.ariaBusy = null;
  }
}

function tellFailure(error: unknown): void {
  if (certaintyAfter(error) !== 'unknown') notify(failureText(error));
  else
    notify(
      failureText(error),
      { address: location.hash.slice(1) || '/', text: 'Look again' },
      'until-closed',
    );
}

/** Here it always ends; the shop may not have heard of it. */
async function signOut(): Promise<void> {
  const failure = await api.signOut().then(
    () => null,
    (error: unknown) => error,
  );
  clearNotices('everything');
  live.follow();
  await refreshHeader();
  go('/');
  if (failure !== null) notify(SIGNED_OUT_HERE, undefined, 'until-closed');
}

const SIGNED_OUT_HERE =
  'You are signed out on this device. The shop did not answer, so your session there may go on until it runs out.';

function searchFor(text: string): void {
  go(link('/products', { search: text }).slice(1));
}

document.addEventListener('click', (event) => {
  // A link to where one is changes no address, and means: look again.
  const address = (event.target as Element).closest('a[href^="#/"]')?.getAttribute('href');
  if (address === (location.hash || '#/')) void refresh();
});
window.addEventListener('hashchange', async () => {
  clearNotices('in-passing');
  await Promise.all([refresh(), refreshHeader()]);
  scrollTo(0, 0);
  main.focus({ preventScroll: true });
});

if (session.isSignedIn()) await session.refresh().catch(() => false);
live.follow();
await Promise.all([refresh(), refreshHeader()]);
