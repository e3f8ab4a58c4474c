// One session of a virtual shopper as a state machine without I/O: each result of a step leads to the next step. The
// same person, catalogue and stream make the same decisions.
import type { CatalogueIndex } from '../model/catalogue-index.ts';
import type { Product } from '../model/catalogue.ts';
import type { Person } from '../model/person.ts';
import type { Random } from '../model/random.ts';
import { draw, weightedKeys } from '../model/weighted-choice.ts';
import { BEHAVIOUR, type Behaviour, type Dwell } from './behaviour.ts';
import { type CartChange, planLine, planRegret } from './cart-changes.ts';
import { drawDwellMs } from './dwell.ts';
import { drawIntent, drawPaymentMethod, type Intent } from './intent.ts';
import type { PlannedStep, Shopper, Step, StepResult } from './steps.ts';

export type ShopperInput = {
  person: Person;
  catalogue: CatalogueIndex;
  /** The session's own stream: createRandom(seed, 'session', index). */
  random: Random;
  behaviour?: Behaviour;
};

/** Where the shopper is: named after the step whose result comes next. */
type State =
  | 'outside'
  | 'arriving'
  | 'home'
  | 'list'
  | 'product'
  | 'cart-change'
  | 'cart'
  | 'ordering'
  | 'awaiting'
  | 'dropping-line'
  | 'orders'
  | 'looking-for-lost-order'
  | 'cancelling'
  | 'left';

type LeaveReason = Extract<Step, { kind: 'leave' }>['because'];

/** Where the shopper is looking: a category's list or a search, and the product that was meant by the search. */
type Finding = { step: Extract<Step, { kind: 'list' | 'search' }>; categoryId: number; wanted: Product | null };

/** Everything that a session remembers. */
type Session = Required<ShopperInput> & {
  intent: Intent;
  state: State;
  finding: Finding | null;
  /** The product page that is open. */
  viewing: Product | null;
  viewed: Set<number>;
  productPageCount: number;
  cart: Map<number, number>;
  pendingChanges: CartChange[];
  cancels: boolean;
  hasBought: boolean;
  hasRetriedOrder: boolean;
  lastPlanned: PlannedStep | null;
  hasFailedBefore: boolean;
};

/**
 * A shopper who comes once: arrive, look around, perhaps fill a cart, abandon it or buy, leave. Throws when asked to go
 * on after `leave`. A step that failed is tried once more or given up; see BEHAVIOUR for all figures.
 */
export function createShopper(input: ShopperInput): Shopper {
  const behaviour = input.behaviour ?? BEHAVIOUR;
  const session: Session = {
    ...input,
    behaviour,
    intent: drawIntent(input.person, behaviour, input.random),
    state: 'outside',
    finding: null,
    viewing: null,
    viewed: new Set(),
    productPageCount: 0,
    cart: new Map(),
    pendingChanges: [],
    cancels: input.random.chance(behaviour.checkout.cancelRatio),
    hasBought: false,
    hasRetriedOrder: false,
    lastPlanned: null,
    hasFailedBefore: false,
  };
  return {
    next(last) {
      if (last === null && session.state !== 'outside') throw new Error('A shopper needs the last step’s result.');
      const planned = last?.outcome === 'failed' ? recover(session) : proceed(session, last);
      session.lastPlanned = planned;
      return planned;
    },
  };
}

/** After a failed step: the same once more, or leave. A lost outcome is not waited for again but looked up. */
function recover(session: Session): PlannedStep {
  const { random, behaviour, lastPlanned } = session;
  if (session.state === 'awaiting') return go(session, 'looking-for-lost-order', { kind: 'view-orders' }, 'beforeRetry');
  if (lastPlanned === null || session.state === 'left') throw new Error('A shopper who has left takes no more steps.');
  if (session.hasFailedBefore || !random.chance(behaviour.retryRatio)) return leave(session, 'gave-up', 'beforeRetry');
  session.hasFailedBefore = true;
  return go(session, session.state, lastPlanned.step, 'beforeRetry');
}

/** The step after one that the shop answered, with yes or no. */
function proceed(session: Session, last: StepResult | null): PlannedStep {
  const { random, behaviour, intent } = session;
  const refused = last?.outcome === 'refused';
  session.hasFailedBefore = false;
  switch (session.state) {
    case 'outside': {
      const signIn = random.chance(behaviour.passwordSignInRatio) ? 'password' : 'session';
      return go(session, 'arriving', { kind: 'arrive', signIn }, null);
    }
    case 'arriving':
      return refused ? leave(session, 'gave-up', null) : go(session, 'home', { kind: 'home' }, null);
    case 'home':
      return intent.kind === 'bounce' ? leave(session, 'bounced', 'home') : find(session, 'home');
    case 'list':
      return afterList(session);
    case 'product':
      return refused ? afterProduct(session) : decideOnProduct(session);
    case 'cart-change':
      return afterCartChange(session, refused);
    case 'cart':
      return intent.kind === 'buy' ? placeOrder(session, 'cart') : leave(session, 'abandoned-cart', 'cart');
    case 'ordering':
      return refused ? afterRefusal(session, last.soldOut) : go(session, 'awaiting', { kind: 'await-outcome' }, null);
    case 'awaiting':
      return refused ? afterRefusal(session, last.soldOut) : afterPurchase(session);
    case 'dropping-line':
      return placeOrder(session, 'cartChange');
    case 'orders':
      return session.cancels ? cancel(session, 'orders') : leave(session, 'bought', 'orders');
    case 'looking-for-lost-order':
      return leave(session, 'gave-up', 'orders');
    case 'cancelling':
      return leave(session, 'bought', 'outcome');
    case 'left':
      throw new Error('A shopper who has left takes no more steps.');
    default:
      return session.state satisfies never;
  }
}

/** Enters a state with its step, after the dwell on the page before (null: at once). */
function go(session: Session, state: State, step: Step, before: keyof Behaviour['dwell'] | null): PlannedStep {
  const { behaviour, random } = session;
  session.state = state;
  const dwell: Dwell | null = before === null ? null : behaviour.dwell[before];
  return { step, thinkMs: dwell === null ? 0 : drawDwellMs(dwell, behaviour.longestDwellMs, random) };
}

function leave(session: Session, because: LeaveReason, before: keyof Behaviour['dwell'] | null): PlannedStep {
  return go(session, 'left', { kind: 'leave', because: session.hasBought ? 'bought' : because }, before);
}

/** Opens a category or searches for a product that the shopper has in mind. */
function find(session: Session, before: 'home' | 'product'): PlannedStep {
  const { random, behaviour, catalogue } = session;
  if (random.chance(behaviour.browsing.searchRatio)) {
    const wanted = catalogue.drawProduct(random, catalogue.drawCategory(random));
    const step = { kind: 'search', text: wanted.tags[0] ?? wanted.name, page: 1 } as const;
    session.finding = { step, categoryId: wanted.categoryId, wanted };
  } else {
    const categoryId = catalogue.drawCategory(random);
    const sort = draw(weightedKeys(behaviour.browsing.sortWeights), random);
    session.finding = { step: { kind: 'list', categoryId, sort, page: 1 }, categoryId, wanted: null };
  }
  return go(session, 'list', session.finding.step, before);
}

function afterList(session: Session): PlannedStep {
  const { random, behaviour } = session;
  const finding = session.finding;
  if (finding === null) throw new Error('A shopper looks at a list that was never opened.');
  if (finding.step.page < behaviour.browsing.lastPage && random.chance(behaviour.browsing.nextPageRatio)) {
    finding.step = { ...finding.step, page: finding.step.page + 1 };
    return go(session, 'list', finding.step, 'list');
  }
  return viewProduct(session, finding, 'list');
}

function viewProduct(session: Session, finding: Finding, before: 'list' | 'product'): PlannedStep {
  const product = finding.wanted ?? drawUnseen(session, finding.categoryId);
  finding.wanted = null;
  session.viewing = product;
  session.viewed.add(product.id);
  session.productPageCount += 1;
  return go(session, 'product', { kind: 'view-product', productId: product.id }, before);
}

/** A product by popularity, one not yet seen in this session where a few draws find one. */
function drawUnseen(session: Session, categoryId: number): Product {
  const { catalogue, random, viewed } = session;
  let product = catalogue.drawProduct(random, categoryId);
  for (let draws = 1; draws < 5 && viewed.has(product.id); draws += 1) {
    product = catalogue.drawProduct(random, categoryId);
  }
  return product;
}

/** Lines still wanted in the cart. */
function wantedLineCount(session: Session): number {
  const { intent, cart } = session;
  return intent.kind === 'buy' || intent.kind === 'abandon' ? intent.lineCount - cart.size : 0;
}

/** On a product page: into the cart, or on. A product that is marked as sold out is not wanted. */
function decideOnProduct(session: Session): PlannedStep {
  const { viewing, random, behaviour, cart } = session;
  if (viewing === null) throw new Error('A shopper decides on a product page that was never opened.');
  const isAvailable = !viewing.soldOut && viewing.stockCount > 0 && !cart.has(viewing.id);
  if (wantedLineCount(session) === 0 || !isAvailable) return afterProduct(session);
  if (!random.chance(behaviour.browsing.addToCartRatio)) return afterProduct(session);
  session.pendingChanges = random.chance(behaviour.cart.regretRatio)
    ? planRegret(viewing)
    : planLine(viewing, behaviour, random);
  return changeCart(session, 'product');
}

function changeCart(session: Session, before: 'product' | 'cartChange'): PlannedStep {
  const change = session.pendingChanges.shift();
  if (change === undefined) throw new Error('A shopper changes the cart without a plan.');
  return go(session, 'cart-change', change, before);
}

function afterCartChange(session: Session, refused: boolean): PlannedStep {
  const change = session.lastPlanned?.step;
  if (refused) session.pendingChanges = [];
  else if (change?.kind === 'set-cart-line') session.cart.set(change.productId, change.quantity);
  else if (change?.kind === 'remove-cart-line') session.cart.delete(change.productId);
  return session.pendingChanges.length > 0 ? changeCart(session, 'cartChange') : afterProduct(session);
}

/** After a product page is done with: on to the cart when it is full, else to another product, another list or away. */
function afterProduct(session: Session): PlannedStep {
  const { random, behaviour, intent, cart, finding } = session;
  const { sameListRatio, newListRatio, mostProductPages } = behaviour.browsing;
  const fillsCart = intent.kind === 'buy' || intent.kind === 'abandon';
  const isTired = session.productPageCount >= mostProductPages;
  if (fillsCart && (wantedLineCount(session) === 0 || isTired)) return finishCart(session);
  const share = random.uniform() * (fillsCart ? sameListRatio + newListRatio : 1);
  if (isTired || share >= sameListRatio + newListRatio) {
    return leave(session, cart.size > 0 ? 'abandoned-cart' : 'browsed', 'product');
  }
  if (share < sameListRatio && finding !== null) return viewProduct(session, finding, 'product');
  return find(session, 'product');
}

function finishCart(session: Session): PlannedStep {
  const { random, behaviour, intent, cart } = session;
  if (cart.size === 0) return leave(session, 'browsed', 'product');
  if (intent.kind === 'buy' || random.chance(behaviour.cart.viewBeforeAbandoningRatio)) {
    return go(session, 'cart', { kind: 'view-cart' }, 'cartChange');
  }
  return leave(session, 'abandoned-cart', 'product');
}

function placeOrder(session: Session, before: 'cart' | 'cartChange'): PlannedStep {
  const { person, behaviour, random, cart } = session;
  const lines = Array.from(cart, ([productId, quantity]) => ({ productId, quantity }));
  const paymentMethod = drawPaymentMethod(person.age, behaviour, random);
  return go(session, 'ordering', { kind: 'place-order', lines, paymentMethod }, before);
}

/** The shop said no. For want of stock: without the scarcest line once more, or leave. */
function afterRefusal(session: Session, soldOut: boolean): PlannedStep {
  const { cart, catalogue, random, behaviour } = session;
  const mayRetry = soldOut && !session.hasRetriedOrder && cart.size > 1;
  if (!mayRetry || !random.chance(behaviour.checkout.retryWithoutLineRatio)) {
    return leave(session, 'gave-up', 'outcome');
  }
  session.hasRetriedOrder = true;
  const stockOf = (productId: number): number => catalogue.product(productId).stockCount;
  const productId = [...cart.keys()].reduce((least, id) => (stockOf(id) < stockOf(least) ? id : least));
  cart.delete(productId);
  return go(session, 'dropping-line', { kind: 'remove-cart-line', productId }, 'outcome');
}

function afterPurchase(session: Session): PlannedStep {
  session.hasBought = true;
  if (session.random.chance(session.behaviour.checkout.viewOrdersRatio)) {
    return go(session, 'orders', { kind: 'view-orders' }, 'outcome');
  }
  return session.cancels ? cancel(session, 'outcome') : leave(session, 'bought', 'outcome');
}

function cancel(session: Session, before: 'outcome' | 'orders'): PlannedStep {
  return go(session, 'cancelling', { kind: 'cancel-order' }, before);
}
