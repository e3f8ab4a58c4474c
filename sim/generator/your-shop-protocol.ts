// What the rehearsal and the process of somebody's own shop (your-shop-main.ts) say to each other, over Node's IPC channel with
// structured cloning (`serialization: 'advanced'`). The file that describes the shop is only ever loaded there and in the
// generator: what it does, loops and throws is named by it and hurts nobody else.
import type { Item, ShopOrder } from '../adapters/your-shop/define-shop.ts';
import type { AtWork } from '../adapters/your-shop/fault.ts';
import type { YourShopDeadlines, YourShopSettings } from '../adapters/your-shop/settings.ts';
import type { VerbName } from '../adapters/your-shop/verbs.ts';
import type { WalkedVerb } from '../adapters/your-shop/walk-step.ts';

export type { WalkedVerb };

/**
 * - `describe` loads the file and sends nothing: which origins it names, which verbs it has.
 * - `discover` reads catalogue and people.
 * - `walk` takes one visitor through every verb, with the item named or the first that is in stock.
 * - `orders-since`, `stock`: the read-only calls of `audit`.
 */
export type YourShopTask =
  | { kind: 'describe' }
  | { kind: 'discover' }
  | { kind: 'walk'; itemId?: string }
  | { kind: 'orders-since'; sinceMs: number }
  | { kind: 'stock'; itemIds: readonly string[] };

/** One task at a time; each gets exactly one `answer` or `failed` with its `id`, and any number of other messages before it. */
export type ToYourShop = {
  id: number;
  settings: YourShopSettings;
  deadlines: YourShopDeadlines;
  task: YourShopTask;
};

export type ShopDescription = {
  name: string;
  /** ISO 4217. */
  currency: string;
  /** All that may be asked, the one of `--url` first. */
  origins: readonly string[];
  /** What people can do, and what they cannot. */
  verbs: readonly VerbName[];
  missingVerbs: readonly VerbName[];
  hasAccounts: boolean;
  audits: { ordersSince: boolean; stock: boolean };
};

export type ShopDiscovery = ShopDescription & {
  /** Checked: ids are unique, at least one is in stock, prices are numbers. */
  items: readonly Item[];
  /** In order of their first item. */
  categories: readonly { name: string; itemCount: number }[];
  inStockCount: number;
  /** Rows of people; null where everybody is a guest. */
  accountCount: number | null;
};

/** A request of the walk, once it has ended. */
export type WalkedRequest = {
  verb: AtWork;
  /** As the file calls it. */
  name: string;
  method: string;
  path: string;
  /** Null where no answer came. */
  status: number | null;
  ms: number;
  /** In one sentence; null where it went well. */
  failure: string | null;
};

export type YourShopAnswer =
  | { kind: 'describe'; description: ShopDescription }
  | { kind: 'discover'; discovery: ShopDiscovery }
  | { kind: 'walk'; itemId: string; orderId: string | null; isComplete: boolean }
  | { kind: 'orders-since'; orders: readonly ShopOrder[] }
  | { kind: 'stock'; stock: Readonly<Record<string, number>> };

export type FromYourShop =
  | { id: number; type: 'progress'; text: string; doneCount: number }
  | { id: number; type: 'request'; request: WalkedRequest }
  | { id: number; type: 'verb'; verb: WalkedVerb }
  | { id: number; type: 'answer'; answer: YourShopAnswer }
  /** In one line: thing, value found, value needed, next step. The process goes on, unless a verb held it up. */
  | { id: number; type: 'failed'; message: string };
