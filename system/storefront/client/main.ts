// The storefront in the browser: finds the page for the address, shows it, and passes clicks, forms and outcomes of
// orders on to it.
import type { OrderOutcome } from '../../contract/orders.ts';
import { createApi, ShopProblem } from './api.ts';
import { won } from './format.ts';
import { header, readHeader } from './header.ts';
import { html, show } from './html.ts';
import { createLive } from './live.ts';
import { createNotices } from './notices.ts';
import { findPage } from './pages.ts';
import { createSession } from './session.ts';
import { link, readRoute, type Shop, type View } from './view.ts';

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no element #${id}`);
  return found;
}

const [main, head] = [element('main'), element('header')];
const { notify, clear: clearNotices } = createNotices(element('notices'));
const session = createSession();
const api = createApi(session);
const live = createLive({ session, onOutcome });
const shop: Shop = { session, api, live, notify, go, refresh, refreshHeader };

let view: View = { title: '', body: html`` };
let shownCount = 0;

function go(address: string): void {
  if (location.hash === `#${address}`) void refresh();
  else location.hash = address;
}

/** Shows the page of the address; a page that was left before it was there is dropped. */
async function refresh(): Promise<void> {
  shownCount += 1;
  const mine = shownCount;
  main.setAttribute('aria-busy', 'true');
  const next = await readView().catch(problemView);
  if (mine !== shownCount) return;
  view = next;
  show(main, view.body);
  main.removeAttribute('aria-busy');
  document.title = `${view.title} · Stampede shop`;
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
  live.follow();
  await refreshHeader();
  location.replace(link('/sign-in', { next: location.hash.slice(1) }));
  return { title: 'Sign in', body: html`` };
}

function problemView(error: unknown): View {
  const isKnown = error instanceof ShopProblem;
  const title = isKnown && (error.status === 404 || error.status === 400) ? 'Not found' : 'That did not work';
  const detail = isKnown ? error.message : 'The shop does not answer. Try again in a moment.';
  return {
    title,
    body: html`<h1>${title}</h1><p class="nothing">${detail}</p>
      <p class="further"><button class="button quiet" data-action="again">Try again</button>
        <a class="button quiet" href="#/">Home</a></p>`,
    actions: { again: refresh },
  };
}

async function refreshHeader(): Promise<void> {
  const state = await readHeader({ session, api }).catch(() => null);
  show(head, header(state, readRoute(location.hash).query.get('search') ?? ''));
}

function onOutcome(outcome: OrderOutcome): void {
  void refreshHeader();
  if (view.onOutcome?.(outcome)) return;
  const text =
    outcome.state === 'rejected'
      ? 'An order was rejected.'
      : `Your order over ${won(outcome.totalKrw)} is confirmed.`;
  notify(text, { address: `/orders/${outcome.orderId}`, text: 'See the order' });
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
      notify(
        error instanceof ShopProblem ? error.message : 'The shop does not answer. Try again in a moment.',
      );
    }
  } finally {
    control.ariaBusy = null;
  }
}

async function signOut(): Promise<void> {
  await api.signOut();
  live.follow();
  await refreshHeader();
  go('/');
}

async function search(fields: FormData): Promise<void> {
  go(link('/products', { search: String(fields.get('search') ?? '').trim() }).slice(1));
}

document.addEventListener('click', (event) => {
  const button = (event.target as Element).closest<HTMLElement>('[data-action]');
  const name = button?.dataset.action ?? '';
  const action = name === 'sign-out' ? signOut : view.actions?.[name];
  if (button && action) void perform(button, () => action(button));
});
document.addEventListener('submit', (event) => {
  event.preventDefault();
  const form = event.target as HTMLFormElement;
  const name = form.dataset.form ?? '';
  const send = name === 'search' ? search : view.forms?.[name];
  if (send) void perform(form, () => send(new FormData(form)));
});
document.addEventListener('change', (event) => {
  (event.target as Element).closest<HTMLFormElement>('form[data-sends-itself]')?.requestSubmit();
});
window.addEventListener('hashchange', async () => {
  clearNotices();
  await Promise.all([refresh(), refreshHeader()]);
  scrollTo(0, 0);
  main.focus({ preventScroll: true });
});

if (session.isSignedIn()) await session.refresh().catch(() => false);
live.follow();
await Promise.all([refresh(), refreshHeader()]);
