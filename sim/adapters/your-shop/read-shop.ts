// What is read of a shop before anybody visits it: what its file says, its catalogue, its people, and what its owner may ask.
import type { Http, Item, ShopOrder, ShopPerson } from './define-shop.ts';
import { type AtWork, faultSentence } from './fault.ts';
import { checkItems } from './items.ts';
import { type LoadedShop, originOf, originsOf } from './load-shop.ts';
import { checkPeople } from './people.ts';
import { ordersOf } from './seen.ts';
import { ShopMistake, shown } from './shop-mistake.ts';

const CATALOGUE_DEADLINE_MS = 300_000;

/** What the file says, without asking the shop for anything. */
export function describeShop({ definition, verbs }: LoadedShop, url: string) {
  return {
    name: definition.name ?? new URL(originOf(url, '--url')).host,
    currency: definition.currency ?? 'KRW',
    origins: originsOf(definition, url),
    verbs: verbs.verbs,
    missingVerbs: verbs.missing,
    hasAccounts: definition.people !== undefined,
    audits: {
      ordersSince: typeof definition.audit?.ordersSince === 'function',
      stock: typeof definition.audit?.stock === 'function',
    },
  };
}

/** @throws ShopMistake where it cannot be read, or is none that anything can be bought of */
export async function readCatalogue(loaded: LoadedShop, http: Http): Promise<readonly Item[]> {
  const { definition, folder } = loaded;
  return checkItems(await asking('catalogue', loaded, () => definition.catalogue(http, { folder })));
}

/** Null where everybody is a guest. */
export async function readAccounts(loaded: LoadedShop): Promise<readonly ShopPerson[] | null> {
  const { people } = loaded.definition;
  if (people === undefined) return null;
  return checkPeople(await asking('people', loaded, () => people({ folder: loaded.folder })));
}

export async function readOrdersSince(
  loaded: LoadedShop,
  http: Http,
  sinceMs: number,
): Promise<readonly ShopOrder[]> {
  const { audit } = loaded.definition;
  if (audit?.ordersSince === undefined) throw lacking('ordersSince');
  const ask = audit.ordersSince;
  return asking('audit', loaded, async () => ordersOf(await ask(http, new Date(sinceMs))));
}

export async function readStock(
  loaded: LoadedShop,
  http: Http,
  items: readonly Item[],
): Promise<Readonly<Record<string, number>>> {
  const { audit } = loaded.definition;
  if (audit?.stock === undefined) throw lacking('stock');
  const ask = audit.stock;
  const stock: unknown = await asking('audit', loaded, () => ask(http, items));
  if (typeof stock !== 'object' || stock === null)
    throw new ShopMistake(`audit.stock gave ${shown(stock)}, needed are pieces by id: {"a": 12}.`);
  const wrong = Object.entries(stock).find(
    ([, pieces]) => typeof pieces !== 'number' || !Number.isFinite(pieces),
  );
  if (wrong !== undefined)
    throw new ShopMistake(`audit.stock gave ${shown(wrong[1])} for ${shown(wrong[0])}, needed is a number.`);
  return stock as Readonly<Record<string, number>>;
}

const lacking = (name: string): ShopMistake =>
  new ShopMistake(
    `the file has no \`audit.${name}\`, needed for what is asked. Write it, or leave that rule out.`,
  );

/** Runs code of the file; whatever is thrown in it becomes one line that names where. */
async function asking<Value>(
  atWork: AtWork,
  { file }: LoadedShop,
  run: () => Promise<Value>,
): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(
        new ShopMistake(
          `${atWork}: it did not end within ${CATALOGUE_DEADLINE_MS / 1_000} s, needed is an end. Does it stop at the last page?`,
        ),
      );
    }, CATALOGUE_DEADLINE_MS);
  });
  try {
    return await Promise.race([run(), late]);
  } catch (error) {
    throw new ShopMistake(faultSentence(atWork, error, file), { cause: error });
  } finally {
    clearTimeout(timer);
  }
}
