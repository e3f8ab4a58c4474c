// Who visits a shop of somebody's own: shoppers with the realistic funnel over its items, or, on request, people who come for one
// order, or for one item's page.
import { behaviourOfVerbs } from '../adapters/your-shop/behaviour-of-verbs.ts';
import { isInStock, type ShopItems } from '../adapters/your-shop/items.ts';
import type { VerbName } from '../adapters/your-shop/verbs.ts';
import type { CreateShopper } from '../engine/session-runner.ts';
import { popularityWeight } from '../model/catalogue/popularity.ts';
import { createStrangeDemand } from '../model/catalogue/strange-demand.ts';
import { createRandom, type Random } from '../model/chance/random.ts';
import { draw, weightedChoice } from '../model/chance/weighted-choice.ts';
import type { Person } from '../model/person.ts';
import { createShopper } from '../shopper/shopper.ts';
import { BEHAVIOUR } from '../shopper/state/behaviour.ts';
import type { PlannedStep } from '../shopper/state/steps.ts';
import type { GeneratorInput } from './input.ts';
import { scripted } from './scripted.ts';

type Deps = {
  input: Pick<GeneratorInput, 'seed' | 'sessionKind' | 'wantedItem'>;
  /** Whoever may come; where there are more accounts than these, they are taken in turn. */
  people: readonly Person[];
  items: ShopItems;
  verbs: readonly VerbName[];
};

/** Makes the shoppers of a run; a session's decisions depend on the seed, its index and its person only. */
export function createStrangeShoppers({ input, people, items, verbs }: Deps): CreateShopper {
  const kind = input.sessionKind ?? 'shopper';
  const personById = new Map(people.map((person) => [person.id, person]));
  const behaviour = behaviourOfVerbs(BEHAVIOUR, verbs);
  const numbered = items.all.map(({ name }, index) => ({ name, categoryId: items.categoryIdOf(index + 1) }));
  const demand = createStrangeDemand(numbered);
  const drawItem = itemDraw(items, input);
  const requests = kind === 'request' ? singleRequests(drawItem, input.seed) : [];

  function personOf(personId: number): Person {
    const person = personById.get(personId) ?? people[(personId - 1) % people.length];
    if (person === undefined) throw new Error('the plan describes nobody, needed is at least one person');
    return person;
  }

  const randomOf = (sessionIndex: number): Random => createRandom(input.seed, 'session', sessionIndex);

  return (personId, sessionIndex) => {
    switch (kind) {
      case 'shopper':
        return createShopper({
          person: personOf(personId),
          demand,
          behaviour,
          random: randomOf(sessionIndex),
        });
      case 'order':
        return scripted(oneOrder(drawItem(randomOf(sessionIndex))));
      case 'request':
        return scripted(requests[sessionIndex % requests.length] ?? []);
      case 'standing-order':
      case 'standing-act':
        throw new Error(
          `sessions of kind ${kind} stand ready with sockets of our shop, needed are shopper, order or request`,
        );
    }
  };
}

/** The item that everybody wants, or one in stock: the law of popularity, in the order of the catalogue. */
function itemDraw(items: ShopItems, { wantedItem }: Deps['input']): (random: Random) => number {
  if (wantedItem !== undefined) {
    const productId = items.productIdOf(wantedItem);
    if (productId === null) throw new Error(`the item ${wantedItem} that is wanted is not in the catalogue`);
    return () => productId;
  }
  const inStock = items.all.flatMap((item, index) => (isInStock(item) ? [index + 1] : []));
  const ranked = inStock.map((productId, index) => ({
    productId,
    weight: popularityWeight(index + 1, inStock.length),
  }));
  const choice = weightedChoice(ranked, ({ weight }) => weight);
  return (random) => draw(choice, random).productId;
}

const now = (step: PlannedStep['step']): PlannedStep => ({ step, thinkMs: 0 });

function oneOrder(productId: number): PlannedStep[] {
  return [
    now({ kind: 'arrive', signIn: 'session' }),
    now({ kind: 'view-product', productId }),
    now({ kind: 'set-cart-line', productId, quantity: 1, change: 'cart-create' }),
    now({ kind: 'place-order', lines: [{ productId, quantity: 1 }], paymentMethod: 'card' }),
    now({ kind: 'await-outcome' }),
    now({ kind: 'leave', because: 'bought' }),
  ];
}

/** So many scripts of one request each, made once: they must cost next to nothing where the instrument itself is tested. */
const REQUESTED_ITEM_COUNT = 4_096;

function singleRequests(drawItem: (random: Random) => number, seed: number): PlannedStep[][] {
  const random = createRandom(seed, 'single-requests');
  return Array.from({ length: REQUESTED_ITEM_COUNT }, () => [
    now({ kind: 'view-product', productId: drawItem(random) }),
    now({ kind: 'leave', because: 'bounced' }),
  ]);
}
