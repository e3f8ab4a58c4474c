// What the process of somebody's own shop does when it is asked (your-shop-protocol.ts).
import type { Item } from '../adapters/your-shop/define-shop.ts';
import { type AtWork, createFaultKinds } from '../adapters/your-shop/fault.ts';
import { indexItems, isInStock } from '../adapters/your-shop/items.ts';
import { type LoadedShop, loadShop } from '../adapters/your-shop/load-shop.ts';
import { connectTo, type ShopReach, visitorsHttpOf } from '../adapters/your-shop/open-shop.ts';
import { createGuests, peopleOfAccounts } from '../adapters/your-shop/people.ts';
import {
  describeShop,
  readAccounts,
  readCatalogue,
  readOrdersSince,
  readStock,
} from '../adapters/your-shop/read-shop.ts';
import { ShopMistake } from '../adapters/your-shop/shop-mistake.ts';
import { type EndedRequest, VisitorHttp } from '../adapters/your-shop/visitor-http.ts';
import { walk } from '../adapters/your-shop/walk.ts';
import { noMeasures } from '../engine/measuring/measures.ts';
import { createDeadlineQueue } from '../engine/timing/deadline-queue.ts';
import type { Timeline } from '../engine/timing/timeline.ts';
import type { FromYourShop, ShopDiscovery, ToYourShop, YourShopAnswer } from './your-shop-protocol.ts';

export type TaskDeps = {
  timeline: Timeline;
  wallMs: () => number;
  /** Hears what of the file begins. */
  onBegin: (atWork: AtWork) => void;
  post: (message: FromYourShop) => void;
};

const PROGRESS_EVERY = 10;

/** Performs a task; rejects with a ShopMistake where the shop or its file are not as they must be. */
export type PerformTask = (message: ToYourShop) => Promise<YourShopAnswer>;

/** Keeps the file and its items, so that a walk and an audit after a discovery ask for them no second time. */
export function createTasks(deps: TaskDeps): PerformTask {
  let items: readonly Item[] | null = null;

  return async ({ id, settings, deadlines, task }) => {
    let atWork: AtWork = 'the file itself';
    const onBegin = (begun: AtWork): void => {
      atWork = begun;
      deps.onBegin(begun);
    };
    onBegin('the file itself');
    const loaded = await loadShop(settings.file);
    const description = describeShop(loaded, settings.url);
    if (task.kind === 'describe') return { kind: 'describe', description };
    const reach: ShopReach = { ...deps, onBegin, loaded, settings, deadlines };
    const connections = connectTo(reach);
    let requestCount = 0;
    const ended = (request: EndedRequest): void => {
      requestCount += 1;
      const { name, method, path, status, ms } = request;
      const failure = request.failure?.message ?? null;
      if (task.kind === 'walk' && atWork !== 'catalogue')
        deps.post({
          id,
          type: 'request',
          request: { verb: atWork, name, method, path, status, ms, failure },
        });
      else if (requestCount % PROGRESS_EVERY === 0)
        deps.post({ id, type: 'progress', text: 'requests answered', doneCount: requestCount });
    };
    const visitors = visitorsHttpOf(reach, connections, noMeasures, ended);
    const itemsOf = async (): Promise<readonly Item[]> => {
      onBegin('catalogue');
      items ??= await readCatalogue(loaded, new VisitorHttp(visitors));
      return items;
    };
    try {
      switch (task.kind) {
        case 'discover': {
          items = null;
          const found = await itemsOf();
          onBegin('people');
          const accounts = await readAccounts(loaded);
          const accountCount = accounts?.length ?? null;
          return { kind: 'discover', discovery: { ...description, ...countedItems(found), accountCount } };
        }
        case 'walk': {
          const all = await itemsOf();
          const item = itemToWalk(all, task.itemId);
          const person = await firstPerson(loaded, `${settings.runId}-walk`);
          const http = new VisitorHttp(visitors);
          const deadlineMs = deadlines.outcomeDeadlineMs;
          const queue = createDeadlineQueue(deps.timeline, deadlineMs);
          onBegin('visit');
          try {
            const walked = await walk(
              {
                timeline: deps.timeline,
                measures: noMeasures,
                deadlines: queue,
                deadlineMs,
                outcomeDeadlineMs: deadlineMs,
                kindOf: createFaultKinds(loaded.file),
                onBegin,
                file: loaded.file,
                shop: loaded.definition.visit(http, person),
                http,
                items: indexItems(all),
                requestCount: () => requestCount,
                onVerb: (verb) => deps.post({ id, type: 'verb', verb }),
              },
              item,
            );
            return { kind: 'walk', itemId: item.id, ...walked };
          } finally {
            queue.close();
          }
        }
        case 'orders-since': {
          onBegin('audit');
          const orders = await readOrdersSince(loaded, new VisitorHttp(visitors), task.sinceMs);
          return { kind: 'orders-since', orders };
        }
        case 'stock': {
          const wanted = new Set(task.itemIds);
          const asked = (await itemsOf()).filter((item) => wanted.has(item.id));
          onBegin('audit');
          return { kind: 'stock', stock: await readStock(loaded, new VisitorHttp(visitors), asked) };
        }
      }
    } finally {
      await connections.close();
    }
  };
}

function countedItems(items: readonly Item[]): Pick<ShopDiscovery, 'items' | 'categories' | 'inStockCount'> {
  const counts = new Map<string, number>();
  for (const { category } of items) counts.set(category, (counts.get(category) ?? 0) + 1);
  return {
    items,
    categories: Array.from(counts, ([name, itemCount]) => ({ name, itemCount })),
    inStockCount: items.filter(isInStock).length,
  };
}

/** The one that is named, or the first in stock. */
function itemToWalk(items: readonly Item[], itemId: string | undefined): Item {
  const item = items.find((candidate) =>
    itemId === undefined ? isInStock(candidate) : candidate.id === itemId,
  );
  if (item === undefined)
    throw new ShopMistake(
      `found no item ${itemId ?? 'in stock'} among ${items.length} of the catalogue, needed is one of them.`,
    );
  return item;
}

async function firstPerson(loaded: LoadedShop, runId: string) {
  const accounts = await readAccounts(loaded);
  return (accounts === null ? createGuests(runId) : peopleOfAccounts(accounts))(1);
}
