// What the rehearsal and the program of the browsers tell one another, over Node's IPC channel. The rehearsal sends one `open`,
// then `walk` once the measured span is known, and `stop` to end early; the program answers with what it saw as it sees it, and
// at last `done` (or `failed`).
import type { ActionsAttempt, OrderAttempt } from '../adapters/our-shop/attempts.ts';

/** The pages of the storefront that are walked through, in the order of a visit. */
export const WALKED_PAGES = ['home', 'category', 'product', 'cart', 'checkout'] as const;
export type WalkedPage = (typeof WALKED_PAGES)[number];

/** A person of the data set, who walks in a browser window of their own. */
export type BrowserPerson = { personId: number; email: string; password: string };

export type BrowsersInput = {
  /** The program of Chromium, and what it is started with. */
  chromium: { path: string; args: readonly string[] };
  /** Where the storefront is served. */
  storefrontUrl: string;
  /** One window each. */
  people: readonly BrowserPerson[];
  seed: number;
  /** How long each page is looked at before something on it is clicked, in ms. */
  lookMs: number;
};

/** What the browser measured of a page as its reader saw it; null where it did not happen, such as a click. */
export type PageTimings = {
  /** From the start of the navigation: the first byte, the first and the largest thing painted. */
  ttfbMs: number | null;
  fcpMs: number | null;
  lcpMs: number | null;
  /** Cumulative layout shift: 0 where nothing jumped. */
  cls: number | null;
  /** From the click on the page to the next thing painted. */
  inpMs: number | null;
};

/** A page that was opened; where it `failed` to show what it is for in time, `lcpMs` is the deadline. */
export type PageView = PageTimings & {
  page: WalkedPage;
  /** Second of the measured span in which it was asked for. */
  second: number;
  failed: boolean;
};

export type ToBrowsers =
  | { type: 'open'; input: BrowsersInput }
  /** The span begins at this time of the machine's monotonic clock (process.hrtime). */
  | { type: 'walk'; spanStartMonotonicMs: number; durationMs: number }
  | { type: 'stop' };

export type FromBrowsers =
  | { type: 'view'; view: PageView }
  /** An order as it is known by now; told again when more is known of it, never once it was taken in and has its outcome. */
  | { type: 'order'; order: OrderAttempt }
  /** Actions that the storefront told the shop, as they are known by now, under a key by which they are told again until they were taken in. */
  | { type: 'actions'; key: string; actions: ActionsAttempt }
  /** Something that the reader of a run should know. */
  | { type: 'note'; text: string }
  | { type: 'done' }
  | { type: 'failed'; message: string };
