// What the rehearsal tells the generator's process.
import type { TopicsInput } from '../adapters/our-shop/deliveries.ts';
import type { YourShopSettings } from '../adapters/your-shop/settings.ts';
import type { EngineInput } from '../engine/protocol/protocol.ts';
import type { HistorySettings } from '../history/year/settings.ts';

/** What the generator is to do. */
export type GeneratorInput = EngineInput & {
  /** One or more API processes of the same shop; requests and sockets go to them in turn, as through a balancer. */
  shopUrls: readonly string[];
  seed: number;
  /** The history that the shop starts from: its catalogue is made again here from these settings. */
  history: HistorySettings;
  /**
   * Somebody's own shop, which is visited instead of ours: `history`, `shopUrls` and all that only our shop has are left alone.
   * `itemsFile` is JSON of the items as they were discovered; the plan's people are numbered from 1, as many as there are accounts
   * where there are any.
   */
  yourShop?: YourShopSettings & { itemsFile: string };
  /** JSON file of a RunPlan (sim/model/run-plan.ts) with its people, lead-in included as negative starts. */
  planFile: string;
  /**
   * What a planned session is: a shopper (default), one order of somebody who comes for it, one order of somebody who stands
   * ready with a socket, one act of somebody who stands ready so, or one request. See shoppers.ts.
   */
  sessionKind?: 'shopper' | 'order' | 'standing-order' | 'standing-act' | 'request';
  /** What people who come for an order all want: an item's id, or a product's number. Left out: what is popular. */
  wantedItem?: string;
  /** Whether the shop is told of all that people do, for its behaviour log; default false. */
  sendsActions?: boolean;
  /** How long what one visitor does gathers before it is told; default 50. */
  actionsGatherMs?: number;
  /** Whether pages show live counters, which the shop is asked for; default false. */
  watchesCounters?: boolean;
  /** Whether the shop works out lists of recommendations, which shoppers then look at; default false. */
  hasLists?: boolean;
  /** Whether people hold coupons, which shoppers then use; default false. */
  hasCoupons?: boolean;
  /** Where products and people come into the shop from outside; left out where none do. */
  topics?: TopicsInput;
  /** Orders placed and confirmed, and tokens refreshed, before the plan starts. */
  warmUpOrderCount: number;
  /** Products looked at after them, by popularity, so that caches are full; default 0. */
  warmUpReadCount?: number;
  /** Where every product page and list is to be noted that the shop answered (reads-file.ts); left out: nowhere. */
  readsFile?: string;
  /** Share of sessions that sign in by password instead of coming back with a session. */
  passwordSignInRatio: number;
};

export type ToGenerator = { type: 'start'; input: GeneratorInput } | { type: 'stop' };
