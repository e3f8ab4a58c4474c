// One window's walk through the storefront, again and again until it is told to end: home, a category, a product, the cart, the
// checkout. Each page is opened as its own document, as from a link that somebody sent, for only then does a browser tell when it
// was painted; then it is looked at, and one thing on it is clicked.
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { Random } from '../model/chance/random.ts';
import { type GatheredTimings, READ_TIMINGS, timingsOf } from './page-timings.ts';
import type { BrowserPerson, PageView, WalkedPage } from './protocol.ts';
import {
  ADD_TO_CART,
  ADDRESS,
  CART_ADDRESS,
  CATEGORY_LINKS,
  CHECKOUT_ADDRESS,
  GO_TO_CHECKOUT,
  HOME_ADDRESS,
  NOT_BUSY,
  PLACE_ORDER,
  PRODUCT_LINKS,
  SHOWS,
  SIGN_IN,
  SIGN_IN_ADDRESS,
} from './storefront.ts';

/** A page that cannot be used by then has failed its reader. */
const PAGE_DEADLINE_MS = 15_000;
/** After a click, until the browser has told how long its answer took to paint. */
const AFTER_CLICK_MS = 300;
/** What is clicked is there already. */
const CLICK_WITHIN_MS = 3_000;
/** Before somebody whose page failed tries again. */
const AFTER_FAILURE_MS = 1_000;
/** For the outcome of an order. */
const OUTCOME_WITHIN_MS = 10_000;
const POLL_MS = 50;

type WalkDeps = {
  /** With GATHER_TIMINGS in every document. */
  page: Page;
  origin: string;
  random: Random;
  /** How long a page is looked at before it is clicked, in ms; what it paints and moves until then is its own. */
  lookMs: number;
  /** Ms from the start of the measured span. */
  sinceSpanMs: () => number;
  onView: (view: PageView) => void;
  /** Orders of this window whose outcome is still to come. */
  openOrderCount: () => number;
};

/** Signs the window's person in and tells where their orders go, by the forms. @throws Error when that cannot be done in time */
export async function signIn(page: Page, origin: string, { email, password }: BrowserPerson): Promise<void> {
  await page.goto(origin + SIGN_IN_ADDRESS, { timeout: PAGE_DEADLINE_MS });
  await page.locator(SIGN_IN.email).fill(email, { timeout: PAGE_DEADLINE_MS });
  await page.locator(SIGN_IN.password).fill(password);
  const answered = page.waitForResponse(isSignInAnswer, { timeout: PAGE_DEADLINE_MS });
  answered.catch(() => undefined);
  await page.locator(SIGN_IN.button).click({ timeout: PAGE_DEADLINE_MS });
  const status = (await answered).status();
  if (status >= 300) throw new Error(`the shop answered ${status}`);
  await page.waitForFunction(SIGN_IN.isDone, undefined, { timeout: PAGE_DEADLINE_MS });
  await giveAddress(page);
}

/** Tells the shop where this person's orders go, by the form that the sign-in has led to. */
async function giveAddress(page: Page): Promise<void> {
  for (const [name, text] of Object.entries(ADDRESS.fields))
    await page.locator(ADDRESS.fieldOf(name)).fill(text, { timeout: PAGE_DEADLINE_MS });
  const answered = page.waitForResponse(isAddressAnswer, { timeout: PAGE_DEADLINE_MS });
  answered.catch(() => undefined);
  await page.locator(ADDRESS.button).click({ timeout: PAGE_DEADLINE_MS });
  const status = (await answered).status();
  if (status >= 300) throw new Error(`the shop answered ${status} to an address`);
}

/**
 * Walks until `end` is aborted; what is under way then is let go, and no view of it is told. A page that fails is told as failed,
 * and the walk begins anew.
 * @param isSignedIn without it the walk turns round at the product, for cart and checkout ask to sign in
 */
export async function walk(deps: WalkDeps, isSignedIn: boolean, end: AbortSignal): Promise<void> {
  while (!end.aborted) {
    try {
      await walkOnce(deps, isSignedIn, end);
    } catch (error) {
      if (end.aborted || deps.page.isClosed()) return;
      if (!(error instanceof PageFailed)) throw error;
      await delay(AFTER_FAILURE_MS, undefined, { signal: end }).catch(() => undefined);
    }
  }
}

class PageFailed extends Error {
  override name = 'PageFailed';
}

async function walkOnce(deps: WalkDeps, isSignedIn: boolean, end: AbortSignal): Promise<void> {
  const open = (page: WalkedPage, address: string, click: () => Promise<unknown>) =>
    view(deps, { page, address, click }, end);
  let category: string | null = null;
  await open('home', HOME_ADDRESS, async () => {
    category = await clickOneOf(deps, CATEGORY_LINKS);
  });
  let product: string | null = null;
  await open('category', addressOf(category), async () => {
    product = await clickOneOf(deps, PRODUCT_LINKS);
  });
  await open('product', addressOf(product), () =>
    isSignedIn ? clickAndAwait(deps, ADD_TO_CART, isCartAnswer) : Promise.resolve(),
  );
  if (!isSignedIn) return;
  await open('cart', CART_ADDRESS, () => click(deps, GO_TO_CHECKOUT));
  await open('checkout', CHECKOUT_ADDRESS, async () => {
    await clickAndAwait(deps, PLACE_ORDER, isOrderAnswer);
    await untilOutcome(deps, end);
  });
}

type Opened = { page: WalkedPage; address: string; click: () => Promise<unknown> };

/** Opens, looks, clicks, and tells the page's timings. @throws PageFailed when the page did not come to be usable in time */
async function view(deps: WalkDeps, opened: Opened, end: AbortSignal): Promise<void> {
  end.throwIfAborted();
  const { page, lookMs, sinceSpanMs, onView } = deps;
  const startedMs = sinceSpanMs();
  const told = { page: opened.page, second: Math.floor(startedMs / 1_000) };
  const gathered = async () => page.evaluate<GatheredTimings>(READ_TIMINGS);
  let beforeClick: GatheredTimings;
  try {
    // A change of what stands behind the # alone would be no new document.
    await page.goto('about:blank');
    await page.goto(deps.origin + opened.address, { waitUntil: 'commit', timeout: PAGE_DEADLINE_MS });
    await page.locator(NOT_BUSY).waitFor({ timeout: PAGE_DEADLINE_MS });
    await page.locator(SHOWS[opened.page]).first().waitFor({ timeout: PAGE_DEADLINE_MS });
    await delay(lookMs, undefined, { signal: end });
    beforeClick = await gathered();
  } catch (cause) {
    if (end.aborted || page.isClosed()) throw cause;
    onView({ ...told, ...NOTHING, lcpMs: PAGE_DEADLINE_MS, failed: true });
    throw new PageFailed(`${opened.address} did not show ${SHOWS[opened.page]} in time`, { cause });
  }
  const afterClick = await opened
    .click()
    .then(() => delay(AFTER_CLICK_MS, undefined, { signal: end }))
    .then(gathered)
    // What was seen of the page stands; only how it took the click is not known.
    .catch(() => null);
  onView({ ...told, ...timingsOf(beforeClick, afterClick), failed: false });
}

const NOTHING = { ttfbMs: null, fcpMs: null, lcpMs: null, cls: null, inpMs: null };

const click = ({ page }: WalkDeps, selector: string): Promise<void> =>
  page.locator(selector).first().click({ timeout: CLICK_WITHIN_MS });

/** Clicks one of the links, each as likely; gives where it leads. */
async function clickOneOf({ page, random }: WalkDeps, selector: string): Promise<string | null> {
  const addresses = await page
    .locator(selector)
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  if (addresses.length === 0) return null;
  const address = random.pick(addresses);
  await page.locator(`${selector}[href="${address}"]`).first().click({ timeout: CLICK_WITHIN_MS });
  return address;
}

/** @throws PageFailed where there was no such link: there is nowhere to go on to */
function addressOf(link: string | null): string {
  if (link === null) throw new PageFailed('found no link to go on by');
  return `/${link}`;
}

type Answer = { request(): { method(): string }; url(): string };

const isSignInAnswer = (answer: Answer): boolean =>
  answer.request().method() === 'POST' && new URL(answer.url()).pathname === '/sessions';
const isAddressAnswer = (answer: Answer): boolean =>
  answer.request().method() === 'PUT' && new URL(answer.url()).pathname === '/me/address';
const isCartAnswer = (answer: Answer): boolean =>
  answer.request().method() === 'PUT' && new URL(answer.url()).pathname.startsWith('/cart');
const isOrderAnswer = (answer: Answer): boolean =>
  answer.request().method() === 'POST' && new URL(answer.url()).pathname === '/orders';

async function clickAndAwait(
  deps: WalkDeps,
  selector: string,
  isIt: (answer: Answer) => boolean,
): Promise<void> {
  const answered = deps.page.waitForResponse(isIt, { timeout: PAGE_DEADLINE_MS });
  // Heard even where the click fails, and told by that.
  answered.catch(() => undefined);
  await click(deps, selector);
  await answered;
}

/** Stays on the page until the shopper knows what became of the order. */
async function untilOutcome({ openOrderCount, sinceSpanMs }: WalkDeps, end: AbortSignal): Promise<void> {
  const untilMs = sinceSpanMs() + OUTCOME_WITHIN_MS;
  while (openOrderCount() > 0 && sinceSpanMs() < untilMs) await delay(POLL_MS, undefined, { signal: end });
}
