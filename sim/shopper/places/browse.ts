// Looking around: categories, searches, product pages, and what goes into the cart on the way.
import { draw, weightedKeys } from '../../model/chance/weighted-choice.ts';
import { type Answered, type Finding, go, leave, type Session, shownOf } from '../state/session.ts';
import type { PlannedStep, RecommendedList, ShownProduct } from '../state/steps.ts';
import { planLine, planRegret } from './cart-changes.ts';
import { finishCart } from './check-out.ts';
import { chooseShown } from './choose-shown.ts';
import { passLists } from './recommended.ts';

/** Opens one of the categories that were shown, or searches for a word that the shopper has in mind. */
export function find(session: Session, before: 'home' | 'product'): PlannedStep {
  const { random, behaviour, demand, categoryIds } = session;
  const { searchRatio, glanceRatio, glanceWeights } = behaviour.browsing;
  const category = random.chance(searchRatio) ? null : demand.drawCategory(categoryIds, random);
  if (category === null) {
    const word = demand.drawWord(random);
    const page = demand.drawPage(word, random);
    return look(
      session,
      { step: { kind: 'search', text: word.text, page }, listing: word, products: [] },
      before,
    );
  }
  const listing = demand.listingOf(category.id);
  const list = { kind: 'list', categoryId: category.id } as const;
  if (random.chance(glanceRatio)) {
    const sort = draw(weightedKeys(glanceWeights), random);
    return look(session, { step: { ...list, sort, page: 1 }, listing, products: [] }, before);
  }
  const page = demand.drawPage(listing, random);
  return look(session, { step: { ...list, sort: 'popular', page }, listing, products: [] }, before);
}

function look(session: Session, finding: Finding, before: 'home' | 'list' | 'product'): PlannedStep {
  session.finding = finding;
  return go(session, finding.step, before, afterList);
}

/** On a list: to one of the products that it shows, or to a more promising page of it. */
function afterList(session: Session, result: Answered): PlannedStep {
  const { random, behaviour, demand, finding } = session;
  if (finding === null) throw new Error('A shopper looks at a list that was never opened.');
  finding.products = shownOf(result, 'products')?.products ?? [];
  const { step, listing } = finding;
  if (step.kind === 'list' && step.sort !== 'popular') {
    const chooses = finding.products.length > 0 && random.chance(behaviour.browsing.chooseAtGlanceRatio);
    if (chooses) return viewProduct(session, finding, 'list');
    const page = demand.drawPage(listing, random);
    return look(session, { ...finding, step: { ...step, sort: 'popular', page } }, 'list');
  }
  if (finding.products.length > 0) return viewProduct(session, finding, 'list');
  // It ends before this page.
  if (step.page > 1) return look(session, { ...finding, step: { ...step, page: 1 } }, 'list');
  session.finding = null;
  session.pageCount += 1;
  return afterProduct(session);
}

function viewProduct(session: Session, finding: Finding, before: 'list' | 'product'): PlannedStep {
  const hoveredIds = dwellOn(session, finding);
  return openProduct(session, chooseShown(session, finding), { hoveredIds }, before);
}

/** To the page of a product that was shown somewhere. */
function openProduct(
  session: Session,
  product: ShownProduct,
  found: { hoveredIds: readonly number[] } | { recommendedIn: RecommendedList },
  before: 'list' | 'product',
): PlannedStep {
  session.viewing = product;
  session.viewed.add(product.id);
  session.pageCount += 1;
  const step = { kind: 'view-product', productId: product.id, ...found } as const;
  return go(session, step, before, decideOnProduct);
}

/** To the page of a product that was found among the shop's recommendations. */
export function openRecommended(
  session: Session,
  product: ShownProduct,
  recommendedIn: RecommendedList,
): PlannedStep {
  return openProduct(session, product, { recommendedIn }, 'list');
}

/** Products of the list that are looked at closely, none twice, by the same law as those that are opened. */
function dwellOn(session: Session, finding: Finding): number[] {
  const { random, behaviour } = session;
  const hovered = new Set<number>();
  while (hovered.size < finding.products.length && random.chance(behaviour.browsing.hoverRatio))
    hovered.add(chooseShown(session, finding).id);
  return [...hovered];
}

/** Lines still wanted in the cart. */
function wantedLineCount(session: Session): number {
  const { intent, cart } = session;
  return intent.kind === 'buy' || intent.kind === 'abandon' ? intent.lineCount - cart.size : 0;
}

/** On a product page: into the cart, or on. A product that is marked as sold out is not wanted. */
function decideOnProduct(session: Session, result: Answered): PlannedStep {
  const { viewing, random, behaviour, cart, refused } = session;
  if (viewing === null) throw new Error('A shopper decides on a product page that was never opened.');
  const isNew = !cart.has(viewing.id) && !refused.has(viewing.id);
  const mayWant = result.outcome === 'ok' && isNew && wantedLineCount(session) > 0;
  const seen: (ShownProduct & { stockCount: number }) | null = mayWant
    ? (shownOf(result, 'product')?.product ?? null)
    : null;
  if (seen === null || seen.soldOut || seen.stockCount === 0) return afterProduct(session);
  if (!random.chance(behaviour.browsing.addToCartRatio)) return afterProduct(session);
  session.stockSeen.set(seen.id, seen.stockCount);
  session.pendingChanges = random.chance(behaviour.cart.regretRatio)
    ? planRegret(seen)
    : planLine(seen, session);
  return changeCart(session, 'product');
}

function changeCart(session: Session, before: 'product' | 'cartChange'): PlannedStep {
  const change = session.pendingChanges.shift();
  if (change === undefined) throw new Error('A shopper changes the cart without a plan.');
  return go(session, change, before, afterCartChange);
}

/** After a change of the cart, which the shop may have refused: the next one planned, or on. */
function afterCartChange(session: Session, { outcome }: Answered): PlannedStep {
  const change = session.lastPlanned?.step;
  if (outcome === 'refused') {
    session.pendingChanges = [];
    if (change?.kind === 'set-cart-line') session.refused.add(change.productId);
  } else if (change?.kind === 'set-cart-line') session.cart.set(change.productId, change.quantity);
  else if (change?.kind === 'remove-cart-line') session.cart.delete(change.productId);
  return session.pendingChanges.length > 0 ? changeCart(session, 'cartChange') : afterProduct(session);
}

/** After a product page is done with: on to the cart when it is full, else to another product, another list or away. */
function afterProduct(session: Session): PlannedStep {
  const { random, behaviour, intent, cart } = session;
  const { sameListRatio, newListRatio, mostProductPages } = behaviour.browsing;
  const fillsCart = intent.kind === 'buy' || intent.kind === 'abandon';
  const isTired = session.pageCount >= mostProductPages;
  if (fillsCart && (wantedLineCount(session) === 0 || isTired)) return finishCart(session);
  const share = random.uniform() * (fillsCart ? sameListRatio + newListRatio : 1);
  if (isTired || share >= sameListRatio + newListRatio) {
    return leave(session, cart.size > 0 ? 'abandoned-cart' : 'browsed', 'product');
  }
  return passLists(session, 'product', { open: openRecommended, goOn: (then) => findMore(then, share) });
}

/** Another product of the same list, or another list. */
function findMore(session: Session, share: number): PlannedStep {
  const { finding } = session;
  const { sameListRatio } = session.behaviour.browsing;
  if (share < sameListRatio && finding !== null) return viewProduct(session, finding, 'product');
  return find(session, 'product');
}
