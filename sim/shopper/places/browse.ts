// Looking around: categories, searches, product pages, and what goes into the cart on the way.
import type { Product } from '../../model/catalogue/catalogue.ts';
import { draw, weightedKeys } from '../../model/chance/weighted-choice.ts';
import { type Finding, go, leave, type Session } from '../state/session.ts';
import type { PlannedStep } from '../state/steps.ts';
import { planLine, planRegret } from './cart-changes.ts';
import { finishCart } from './check-out.ts';

/** Opens a category or searches for a product that the shopper has in mind. */
export function find(session: Session, before: 'home' | 'product'): PlannedStep {
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

/** On a list: to its next page, or to one of its products. */
export function afterList(session: Session): PlannedStep {
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
export function decideOnProduct(session: Session): PlannedStep {
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

/** After a change of the cart, which the shop may have refused: the next one planned, or on. */
export function afterCartChange(session: Session, refused: boolean): PlannedStep {
  const change = session.lastPlanned?.step;
  if (refused) session.pendingChanges = [];
  else if (change?.kind === 'set-cart-line') session.cart.set(change.productId, change.quantity);
  else if (change?.kind === 'remove-cart-line') session.cart.delete(change.productId);
  return session.pendingChanges.length > 0 ? changeCart(session, 'cartChange') : afterProduct(session);
}

/** After a product page is done with: on to the cart when it is full, else to another product, another list or away. */
export function afterProduct(session: Session): PlannedStep {
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
