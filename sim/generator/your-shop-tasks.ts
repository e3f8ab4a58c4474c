// What the process of somebody's own shop does when it is asked (your-shop-protocol.ts).
import type { Item } from '../adapters/your-shop/define-shop.ts';
import { type AtWork, createFaultKinds } from '../adapters/your-shop/fault.ts';
import { indexItems, isInStock } from '../adapters/your-shop/items.ts';
import { type LoadedShop, loadShop } from '../adapters/your-shop/load-shop.ts';
import { connectTo, type ShopReach, visitOf, visitorsHttpOf } from '../adapters/your-shop/open-shop.ts';
import { createGuests, peopleOfAccounts } from '../adapters/your-shop/people.ts';
import {
  describeShop,
  readAccounts,
  readCatalogue,
  readOrdersSince,
  readStock,
} from '../adapters/your-shop/read-shop.ts';
import { ShopMistake } from '../adapters/your-shop/shop-mistake.ts';
import { VisitorHttp } from '../adapters/your-shop/visitor-http.ts';
import type { EndedRequest } from '../adapters/your-shop/visitors-http.ts';
import { walk } from '../adapters/your-shop/walk.ts';
import { type OpenWebhooks, openWebhooks } from '../adapters/your-shop/webhooks.ts';
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
/** Whoever asked takes long silence for a loop: of a shop that answers slowly each answer is told. */
const QUIET_MS = 1_000;
/** Nobody visits. */
const NO_HOOKS = { wait: () => Promise.reject(new Error('nobody waits for webhooks but in a visit')) };

/** Performs a task; rejects with a ShopMistake where the shop or its file are not as they must be. */
export type PerformTask = (message: ToYourShop) => Promise<YourShopAnswer>;

/** Keeps the items of a shop, so that a walk and an audit after a discovery ask for them no second time. */
export function createTasks(deps: TaskDeps): PerformTask {
  let kept: { shop: string; items: readonly Item[] } | null = null;

  return async (message) => {
    const { settings, task } = message;
    deps.onBegin('the file itself');
    const loaded = await loadShop(settings.file);
    if (task.kind === 'describe')
      return { kind: 'describe', description: describeShop(loaded, settings.url) };
    const open = await openTask(deps, message, loaded);
    const shop = `${settings.file} ${settings.url}`;
    const itemsOf = async (): Promise<readonly Item[]> => {
      if (kept?.shop !== shop || task.kind === 'discover') {
        open.onBegin('catalogue');
        kept = { shop, items: await readCatalogue(loaded, open.newHttp()) };
      }
      return kept.items;
    };
    try {
      return await answerTo(message, open, itemsOf);
    } finally {
      await open.close();
    }
  };
}

type OpenTask = {
  deps: TaskDeps;
  loaded: LoadedShop;
  onBegin: TaskDeps['onBegin'];
  hooks: OpenWebhooks['hooks'];
  newHttp: () => VisitorHttp;
  requestCount: () => number;
  close: () => Promise<void>;
};

/** Connects to the shop; requests are told one by one in a walk, else how many there were. Webhooks come in a walk only. */
async function openTask(
  deps: TaskDeps,
  { id, settings, deadlines, task }: ToYourShop,
  loaded: LoadedShop,
): Promise<OpenTask> {
  let atWork: AtWork = 'the file itself';
  let requestCount = 0;
  let toldMs = deps.timeline.nowMs();
  const onBegin = (begun: AtWork): void => {
    atWork = begun;
    deps.onBegin(begun);
  };
  const webhooks =
    task.kind === 'walk' ? await openWebhooks(loaded) : { hooks: NO_HOOKS, close: async () => undefined };
  const { hooks } = webhooks;
  const reach: ShopReach = { ...deps, onBegin, loaded, hooks, settings, deadlines };
  const connections = connectTo(reach);
  function onEnded({ name, method, path, status, ms, failure }: EndedRequest): void {
    requestCount += 1;
    if (task.kind === 'walk' && atWork !== 'catalogue') {
      const request = { verb: atWork, name, method, path, status, ms, failure: failure?.message ?? null };
      deps.post({ id, type: 'request', request });
    } else if (requestCount % PROGRESS_EVERY === 0 || deps.timeline.nowMs() - toldMs >= QUIET_MS) {
      toldMs = deps.timeline.nowMs();
      deps.post({ id, type: 'progress', text: 'requests answered', doneCount: requestCount });
    }
  }
  const visitors = visitorsHttpOf(reach, connections, noMeasures, onEnded);
  return {
    deps,
    loaded,
    onBegin,
    hooks,
    newHttp: () => new VisitorHttp(visitors),
    requestCount: () => requestCount,
    async close() {
      await connections.close();
      await webhooks.close();
    },
  };
}

async function answerTo(
  message: ToYourShop,
  open: OpenTask,
  itemsOf: () => Promise<readonly Item[]>,
): Promise<YourShopAnswer> {
  const { settings, task } = message;
  const { loaded, onBegin } = open;
  switch (task.kind) {
    case 'describe':
      return { kind: 'describe', description: describeShop(loaded, settings.url) };
    case 'discover': {
      const counted = countedItems(await itemsOf());
      onBegin('people');
      const accountCount = (await readAccounts(loaded))?.length ?? null;
      return {
        kind: 'discover',
        discovery: { ...describeShop(loaded, settings.url), ...counted, accountCount },
      };
    }
    case 'walk':
      return walkShop(message, open, await itemsOf(), task.itemId);
    case 'orders-since': {
      onBegin('audit');
      const orders = await readOrdersSince(loaded, open.newHttp(), task.sinceMs);
      return { kind: 'orders-since', orders };
    }
    case 'stock': {
      const wanted = new Set(task.itemIds);
      const asked = (await itemsOf()).filter((item) => wanted.has(item.id));
      onBegin('audit');
      return { kind: 'stock', stock: await readStock(loaded, open.newHttp(), asked) };
    }
  }
}

async function walkShop(
  { id, settings, deadlines }: ToYourShop,
  { deps, loaded, onBegin, hooks, newHttp, requestCount }: OpenTask,
  all: readonly Item[],
  itemId: string | undefined,
): Promise<YourShopAnswer> {
  const item = itemToWalk(all, itemId);
  const http = newHttp();
  const person = await firstPerson(loaded, `${settings.runId}-walk`);
  onBegin('visit');
  const shop = visitOf(loaded, http, person, hooks);
  const deadlineMs = deadlines.outcomeDeadlineMs;
  const queue = createDeadlineQueue(deps.timeline, deadlineMs);
  const verbs = { measures: noMeasures, deadlines: queue, deadlineMs, onBegin };
  try {
    const walked = await walk(
      {
        ...verbs,
        kindOf: createFaultKinds(loaded.file),
        timeline: deps.timeline,
        file: loaded.file,
        shop,
        http,
        items: indexItems(all),
        requestCount,
        onVerb: (verb) => deps.post({ id, type: 'verb', verb }),
      },
      item,
    );
    return { kind: 'walk', itemId: item.id, ...walked };
  } finally {
    http.ends();
    queue.close();
  }
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
