// Puts together what visits somebody's own shop: its file, the items as they were discovered, guests or accounts, and shoppers.
import { readFile } from 'node:fs/promises';
import type { AtWork } from '../adapters/your-shop/fault.ts';
import { checkItems, indexItems } from '../adapters/your-shop/items.ts';
import { type LoadedShop, loadShop } from '../adapters/your-shop/load-shop.ts';
import { createGuests, peopleOfAccounts } from '../adapters/your-shop/people.ts';
import { readAccounts } from '../adapters/your-shop/read-shop.ts';
import type { YourShopSettings } from '../adapters/your-shop/settings.ts';
import { openWebhooks } from '../adapters/your-shop/webhooks.ts';
import { createYourShop } from '../adapters/your-shop/your-shop.ts';
import type { EngineDeps } from '../engine/engine.ts';
import { createStandingPeople } from '../engine/standing-people.ts';
import type { Timeline } from '../engine/timing/timeline.ts';
import type { RunPlan } from '../model/run-plan.ts';
import { shardOfPerson } from '../model/shards.ts';
import type { BlockWatch } from './block-watch.ts';
import type { GeneratorInput } from './input.ts';
import { peopleWhoMayCome } from './people-who-may-come.ts';
import { createStrangeShoppers } from './strange-shoppers.ts';

export type YourShopSurroundings = {
  /** The time of day, by which cookies expire. */
  wallMs: () => number;
  /** Begins to watch for code of this file that blocks the process. */
  watch: (file: string) => BlockWatch;
};

type Input = GeneratorInput & { yourShop: YourShopSettings & { itemsFile: string } };
type Composed = Pick<EngineDeps, 'shop' | 'createShopper' | 'people'> & { close: () => Promise<void> };

export async function composeYourShop(
  input: Input,
  deps: YourShopSurroundings & { plan: RunPlan; timeline: Timeline },
): Promise<Composed> {
  const watch = deps.watch(input.yourShop.file);
  try {
    const { close, ...parts } = await compose(input, deps, watch.began);
    return {
      ...parts,
      async close() {
        await close();
        await watch.close();
      },
    };
  } catch (error) {
    await watch.close();
    throw error;
  }
}

async function compose(
  input: Input,
  { plan, timeline, wallMs }: YourShopSurroundings & { plan: RunPlan; timeline: Timeline },
  onBegin: (atWork: AtWork) => void,
): Promise<Composed> {
  const { yourShop } = input;
  const items = indexItems(checkItems(JSON.parse(await readFile(yourShop.itemsFile, 'utf8'))));
  onBegin('the file itself');
  const loaded = await loadShop(yourShop.file);
  onBegin('people');
  const { personIds, ...people } = await peopleOf(loaded, input, plan);
  const webhooks = await openWebhooks(loaded);
  const shop = createYourShop({
    timeline,
    wallMs,
    loaded,
    hooks: webhooks.hooks,
    settings: yourShop,
    deadlines: input,
    onBegin,
    items,
    personOf: people.personOf,
    warmUp: { orderCount: input.warmUpOrderCount, readCount: input.warmUpReadCount ?? 0, personIds },
  });
  const createShopper = createStrangeShoppers({
    input,
    people: plan.people,
    items,
    verbs: loaded.verbs.verbs,
  });
  return {
    shop,
    createShopper,
    ...people.taken,
    async close() {
      await shop.close();
      await webhooks.close();
    },
  };
}

/**
 * Accounts go to whoever comes, the one that was free the longest first, so that none is used twice at once; several generators divide
 * them among themselves as they do the plan.
 */
async function peopleOf(loaded: LoadedShop, { yourShop, shard }: Input, plan: RunPlan) {
  const accounts = await readAccounts(loaded);
  if (accounts === null)
    return { personOf: createGuests(yourShop.runId), personIds: peopleWhoMayCome(plan), taken: {} };
  const personIds = accounts
    .map((_, index) => index + 1)
    .filter((id) => shard === undefined || shardOfPerson(id, shard.count) === shard.index);
  const taken: Pick<EngineDeps, 'people'> = { people: createStandingPeople(personIds) };
  return { personOf: peopleOfAccounts(accounts), personIds, taken };
}
