// Somebody's own shop in one cell: it runs already and goes on afterwards. What it holds is noted before anybody comes, watched over
// by the rails while they do, and asked for again at the end.
import type { ShopOrder } from '../../../sim/adapters/your-shop/define-shop.ts';
import { highestStartsPerSecond } from '../../scenario/arrival-rate.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import type { OpenTarget, RunningTarget } from '../target.ts';
import { auditYours } from './audit/audit.ts';
import { auditLastUnitsOfYours, type Wanted, wantedInYours } from './last-units.ts';
import type { Met } from './meet.ts';
import { requirePermission, watchPermission } from './rails/ask-permission.ts';
import { createStormWatch } from './rails/storm.ts';
import type { ShopProcess } from './shop-process.ts';

/** Its clock may be that far from ours: what it held then is told from what comes by its ids, not by time. */
const CLOCKS_APART_MS = 600_000;

export type ShopGround = {
  met: Met;
  shop: ShopProcess;
  itemsFile: string;
  /** Whether a rate is searched for, of which some are too high. */
  isSearch: boolean;
  stop: AbortSignal;
  /** How often its owner's permission is read again; left out: every five seconds. */
  lookEveryMs?: number;
};

/** What the shop held before the first shopper came; null where it does not tell. */
export type HeldBefore = {
  sinceMs: number;
  orderIds: ReadonlySet<string> | null;
  stock: Readonly<Record<string, number>> | null;
};

export async function openYourShop(ground: ShopGround, scenario: Scenario): Promise<OpenTarget> {
  const { met, stop } = ground;
  // A search asks for other rates than the one that was permitted when it began.
  await requirePermission(met.foreign, { wanted: wantedOf(met, scenario, Date.now()), stop });
  const { audits } = met.discovery;
  const sinceMs = Date.now() - CLOCKS_APART_MS;
  const orders = audits.ordersSince ? await ordersSince(ground, sinceMs) : null;
  const before: HeldBefore = {
    sinceMs,
    orderIds: orders === null ? null : new Set(orders.map(({ orderId }) => orderId)),
    stock: audits.stock ? await stockOf(ground) : null,
  };
  const { settings, discovery } = ground.met;
  const { lastUnits } = scenario;
  const wanted =
    lastUnits === undefined
      ? null
      : wantedInYours(discovery.items, before.stock, {
          ...lastUnits,
          file: settings.file,
          shopperCount: scenario.load.shoppersAtOnce,
        });
  return { start: async () => runYours(ground, scenario, before, wanted) };
}

function runYours(
  ground: ShopGround,
  scenario: Scenario,
  before: HeldBefore,
  wanted: Wanted | null,
): RunningTarget {
  const { met, itemsFile, isSearch, stop, lookEveryMs } = ground;
  const over = new AbortController();
  const { promise: failed, reject } = Promise.withResolvers<never>();
  // Whoever runs the cell listens while the load lasts.
  failed.catch(() => undefined);
  const permitted = (nowMs: number) => wantedOf(met, scenario, nowMs);
  const ends = AbortSignal.any([stop, over.signal]);
  watchPermission(met.foreign, permitted, ends, lookEveryMs).catch(reject);
  // What a search on this machine looks for is a rate that is too high.
  const stormOf = createStormWatch(isSearch && met.foreign.length === 0);
  return {
    urls: [met.settings.url],
    yourShop: { ...met.settings, itemsFile },
    ...(wanted === null ? {} : { wantedItem: wanted.item.id }),
    pids: () => ({}),
    failed,
    backlogCount: null,
    onSecond(second) {
      const storm = stormOf(second);
      if (storm !== null) reject(new Error(`The run was ended: ${storm}.`));
    },
    drain: async () => over.abort(),
    strike: async () => 'nothing',
    stop: async () => over.abort(),
    async audit(attempts) {
      const { orderIds } = before;
      const orders = orderIds === null ? null : await ordersSince(ground, before.sinceMs);
      const findings = await auditYours({
        attempts,
        verbs: met.discovery.verbs,
        before,
        orders,
        stock: before.stock === null ? null : await stockOf(ground),
      });
      if (wanted === null) return findings;
      const newOrders = orders?.filter(({ orderId }) => orderIds?.has(orderId) !== true) ?? null;
      const { shoppersAtOnce } = scenario.load;
      return [...findings, await auditLastUnitsOfYours(wanted, shoppersAtOnce, { attempts, newOrders })];
    },
  };
}

const wantedOf = ({ token }: Met, { load }: Scenario, nowMs: number) => ({
  token,
  nowMs,
  sessionsPerSecond: highestStartsPerSecond(load),
});

async function ordersSince({ shop }: ShopGround, sinceMs: number): Promise<readonly ShopOrder[]> {
  return (await shop.ask({ kind: 'orders-since', sinceMs })).orders;
}

async function stockOf({ shop, met }: ShopGround): Promise<Readonly<Record<string, number>>> {
  const itemIds = met.discovery.items.map(({ id }) => id);
  return (await shop.ask({ kind: 'stock', itemIds })).stock;
}
