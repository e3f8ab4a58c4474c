// A window of the browser with storage of its own: its person signs in, walks, and all that it asks of the shop is noted.
import type { Browser, Page, Request } from 'playwright-core';
import { createRandom } from '../model/chance/random.ts';
import { GATHER_TIMINGS } from './page-timings.ts';
import type { BrowserPerson, FromBrowsers } from './protocol.ts';
import { createSeenActions } from './seen-actions.ts';
import { createSeenOrders } from './seen-orders.ts';
import { parsed } from './traffic.ts';
import { signIn, walk } from './walk.ts';

/** A window on a laptop. */
const VIEWPORT = { width: 1_280, height: 800 };

/**
 * Runs in every page before anything of its own: what a page would still send as it goes is not sent. Nobody who drives a browser hears of such a request
 * for certain, and an audit that finds what it brought could not say that somebody did it.
 */
const SEND_NOTHING_AFTER = `(() => {
  const send = window.fetch;
  window.fetch = (input, init) => (init?.keepalive === true ? new Promise(() => {}) : send.call(window, input, init));
  navigator.sendBeacon = () => true;
})()`;

export type Window = {
  /** Walks until `end` is aborted. */
  walk(end: AbortSignal): Promise<void>;
  close(): Promise<void>;
};

type WindowDeps = {
  browser: Browser;
  origin: string;
  person: BrowserPerson;
  seed: number;
  /** How long a page is looked at, in ms. */
  lookMs: number;
  sinceSpanMs: () => number;
  post: (message: FromBrowsers) => void;
};

/** Opens the window and signs its person in; one that cannot sign in walks as far as a stranger may, which is noted. */
export async function openWindow({
  browser,
  origin,
  person,
  seed,
  lookMs,
  sinceSpanMs,
  post,
}: WindowDeps): Promise<Window> {
  const context = await browser.newContext({ viewport: VIEWPORT });
  await context.addInitScript({ content: GATHER_TIMINGS });
  await context.addInitScript({ content: SEND_NOTHING_AFTER });
  const page = await context.newPage();
  const customerId = person.personId;
  const orders = createSeenOrders({
    customerId,
    sinceSpanMs,
    tell: (order) => post({ type: 'order', order }),
  });
  const actions = createSeenActions({
    customerId,
    sinceSpanMs,
    tell: (key, told) => post({ type: 'actions', key, actions: told }),
  });
  watchTraffic(page, origin, { orders, actions });
  const isSignedIn = await signIn(page, origin, person).then(
    () => true,
    (error: unknown) => {
      const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
      post({ type: 'note', text: `a browser could not sign ${person.email} in (${why}); it walks without` });
      return false;
    },
  );
  const random = createRandom(seed, 'browser', customerId);
  const onView = (view: Extract<FromBrowsers, { type: 'view' }>['view']) => post({ type: 'view', view });
  const walking = { page, origin, random, lookMs, sinceSpanMs, onView, openOrderCount: orders.openCount };
  return {
    async walk(end) {
      const ended = new Promise((resolve) => end.addEventListener('abort', resolve, { once: true }));
      await Promise.race([walk(walking, isSignedIn, end), ended]);
      // What was under way in the page is let go.
      await page.goto('about:blank').catch(() => undefined);
    },
    close: () => context.close(),
  };
}

type Seen = { orders: ReturnType<typeof createSeenOrders>; actions: ReturnType<typeof createSeenActions> };

function watchTraffic(page: Page, origin: string, { orders, actions }: Seen): void {
  const ofShop = (request: Request) => {
    const url = new URL(request.url());
    return url.origin === origin && request.method() === 'POST'
      ? { method: 'POST', path: url.pathname, body: parsed(request.postData()) }
      : null;
  };
  page.on('request', (request) => {
    const asked = ofShop(request);
    if (asked === null) return;
    orders.asked(asked);
    actions.asked(asked);
  });
  page.on('response', async (response) => {
    const asked = ofShop(response.request());
    if (asked === null) return;
    // The page may have gone on before its body was read; then the status alone tells.
    const answer = parsed(await response.text().catch(() => null));
    const answered = { ...asked, status: response.status(), answer };
    orders.answered(answered);
    actions.answered(answered);
  });
  page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => actions.sent(String(payload)));
    socket.on('framereceived', ({ payload }) => {
      orders.heard(String(payload));
      actions.heard(String(payload));
    });
  });
}
