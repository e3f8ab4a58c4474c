// A look at a list of recommendations beside the page, and perhaps one of its products: what stands further on is seen by fewer,
// and what fits what the shopper has in mind is opened more often. So a better list changes what is looked at and bought.
import { draw, weightedKeys } from '../../model/chance/weighted-choice.ts';
import { type Answered, go, type Session, shownOf } from '../state/session.ts';
import type { PlannedStep, RecommendedList, ShownProduct } from '../state/steps.ts';

type Place = 'home' | 'product';
type Ways = {
  /** Opens the product that was chosen on the list. */
  open: (session: Session, product: ShownProduct, list: RecommendedList) => PlannedStep;
  /** Goes on as if there had been no list. */
  goOn: (session: Session) => PlannedStep;
};

/** To one of the lists on this page; on at once for who does not look, and where the shop shows none. */
export function passLists(session: Session, place: Place, ways: Ways): PlannedStep {
  const { random, behaviour, hasLists } = session;
  const { lookRatio, listWeights } = behaviour.recommendations;
  if (!hasLists || !random.chance(lookRatio[place])) return ways.goOn(session);
  const list = draw(weightedKeys(listWeights[place]), random);
  const choose = (then: Session, result: Answered): PlannedStep => {
    const product = chooseRecommended(then, result);
    return product === null ? ways.goOn(then) : ways.open(then, product, list);
  };
  // Nobody leaves the shop for a list that did not come.
  return go(session, { kind: 'view-recommendations', list }, 'recommended', choose, ways.goOn);
}

/** From the first position on: the first product that is seen and appeals; null where none does. */
function chooseRecommended(session: Session, result: Answered): ShownProduct | null {
  const { random, behaviour, viewed } = session;
  const { openRatio, seenRatios } = behaviour.recommendations;
  const wantedId = wantedCategoryId(session);
  const products = shownOf(result, 'products')?.products ?? [];
  for (const [index, product] of products.entries()) {
    if (!random.chance(seenRatios[index] ?? 0) || viewed.has(product.id) || product.soldOut) continue;
    if (random.chance(product.categoryId === wantedId ? openRatio.wanted : openRatio.other)) return product;
  }
  return null;
}

/** What the shopper has in mind: more of what was looked at last, or else what people come for. */
function wantedCategoryId({ viewing, demand, categoryIds, random }: Session): number | null {
  return viewing?.categoryId ?? demand.drawCategory(categoryIds, random)?.id ?? null;
}
