// Who acts in a planned session: a shopper with the realistic funnel; or, to saturate the order path, somebody who only
// places an order, on arriving or standing ready; somebody who stands ready and does one thing; or, to test the instrument, a single request.

import type { CreateShopper } from '../engine/session-runner.ts';
import type { Product } from '../model/catalogue/catalogue.ts';
import { type CatalogueIndex, indexCatalogue } from '../model/catalogue/catalogue-index.ts';
import { createDemand } from '../model/catalogue/demand.ts';
import { createRandom, type Random } from '../model/chance/random.ts';
import type { Newcomer } from '../model/newcomers.ts';
import type { Person } from '../model/person.ts';
import { createShopper } from '../shopper/shopper.ts';
import { BEHAVIOUR } from '../shopper/state/behaviour.ts';
import type { PlannedStep } from '../shopper/state/steps.ts';
import type { GeneratorInput } from './input.ts';
import { scripted } from './scripted.ts';

/** Between arrival and order of a session that is one order, not compressed: the socket connects in it. */
const BEFORE_ORDER_MS = 500;

/** So many different products single requests ask for in turn, drawn by popularity before the plan starts. */
const REQUESTED_PRODUCT_COUNT = 4_096;

/** Makes the shoppers of a run; a session's decisions depend on the seed, its index and its person only. */
export function createShopperFactory(deps: {
  input: Pick<
    GeneratorInput,
    | 'seed'
    | 'sessionKind'
    | 'passwordSignInRatio'
    | 'thinkTimeCompression'
    | 'hasLists'
    | 'hasCoupons'
    | 'wantedItem'
  >;
  /** Everybody who may come, as they stand in the shop. */
  people: readonly Person[];
  catalogue: readonly Product[];
}): CreateShopper {
  const { input } = deps;
  const people = new Map(deps.people.map((person) => [person.id, person]));
  // Scripts ask for products unseen; shoppers choose among what is shown to them.
  const catalogue = indexCatalogue(deps.catalogue);
  const demand = createDemand(deps.catalogue.length);
  const behaviour = { ...BEHAVIOUR, passwordSignInRatio: input.passwordSignInRatio };
  const wantedId = input.wantedItem === undefined ? null : Number(input.wantedItem);
  const requests = input.sessionKind === 'request' ? singleRequests(catalogue, input.seed) : [];
  // Whoever has just signed up has a session and does not sign in once more.
  const newcomersBehaviour = { ...behaviour, passwordSignInRatio: 0 };

  function personOf(personId: number): Person {
    const person = people.get(personId);
    if (person === undefined) throw new Error(`the plan names person ${personId}, whom it does not describe`);
    return person;
  }

  function randomOf(sessionIndex: number, newcomer: Newcomer | undefined): Random {
    return createRandom(input.seed, newcomer === undefined ? 'session' : 'newcomer-session', sessionIndex);
  }

  return (personId, sessionIndex, newcomer) => {
    switch (input.sessionKind ?? 'shopper') {
      case 'shopper':
        return createShopper({
          person: newcomer === undefined ? personOf(personId) : { ...newcomer.person, id: personId },
          demand,
          hasLists: input.hasLists ?? false,
          hasCoupons: input.hasCoupons ?? false,
          behaviour: newcomer === undefined ? behaviour : newcomersBehaviour,
          random: randomOf(sessionIndex, newcomer),
        });
      case 'order': {
        const random = randomOf(sessionIndex, newcomer);
        return scripted(
          oneOrder({ catalogue, wantedId }, random, BEFORE_ORDER_MS * input.thinkTimeCompression),
        );
      }
      case 'standing-order':
        // Nobody arrives: the socket is open and the token at hand, so the order goes out at its planned instant.
        return scripted(oneOrder({ catalogue, wantedId }, randomOf(sessionIndex, newcomer), 0));
      case 'standing-act':
        return scripted(oneAct(catalogue, randomOf(sessionIndex, newcomer)));
      case 'request':
        return scripted(requests[sessionIndex % requests.length] ?? []);
    }
  };
}

/** Scripts of one request each, made once: they must cost next to nothing where the instrument itself is tested. */
function singleRequests(catalogue: CatalogueIndex, seed: number): PlannedStep[][] {
  const random = createRandom(seed, 'single-requests');
  return Array.from({ length: REQUESTED_PRODUCT_COUNT }, () => [
    { step: { kind: 'view-product', productId: catalogue.drawProduct(random).id }, thinkMs: 0 },
    { step: { kind: 'leave', because: 'bounced' }, thinkMs: 0 },
  ]);
}

/** Mostly looks, some hovers, some things put into a cart. Declared: no published log says how they share on one page. */
const ACTS = ['click', 'hover', 'cart-create'] as const;
const ACT_WEIGHTS = cumulate([60, 25, 15]);

function oneAct(catalogue: CatalogueIndex, random: Random): PlannedStep[] {
  const action = ACTS[random.weighted(ACT_WEIGHTS)] ?? 'click';
  return [
    { step: { kind: 'arrive', signIn: 'session' }, thinkMs: 0 },
    { step: { kind: 'act', action, productId: catalogue.drawProduct(random).id }, thinkMs: 0 },
    { step: { kind: 'leave', because: 'browsed' }, thinkMs: 0 },
  ];
}

/** Of what is wanted by everybody, one piece; else of what is popular. */
function oneOrder(
  { catalogue, wantedId }: { catalogue: CatalogueIndex; wantedId: number | null },
  random: Random,
  thinkMs: number,
): PlannedStep[] {
  const productIds = new Set<number>(wantedId === null ? [] : [catalogue.product(wantedId).id]);
  const lineCount = wantedId === null ? 1 + random.weighted(cumulate(BEHAVIOUR.cart.lineCountWeights)) : 1;
  for (let draw = 0; draw < 10 * lineCount && productIds.size < lineCount; draw++) {
    const product = catalogue.drawProduct(random);
    if (!product.soldOut) productIds.add(product.id);
  }
  const lines = [...productIds].map((productId) => ({ productId, quantity: 1 }));
  return [
    { step: { kind: 'arrive', signIn: 'session' }, thinkMs: 0 },
    { step: { kind: 'place-order', lines, paymentMethod: 'card' }, thinkMs },
    { step: { kind: 'await-outcome' }, thinkMs: 0 },
    { step: { kind: 'leave', because: 'bought' }, thinkMs: 0 },
  ];
}

function cumulate(weights: readonly number[]): number[] {
  let sum = 0;
  return weights.map((weight) => {
    sum += weight;
    return sum;
  });
}
