// Which of the products on a page a shopper opens: by the law of popularity, told by where each stands.
import { LIST_PAGE } from '../../model/catalogue/demand.ts';
import { weightedChoice } from '../../model/chance/weighted-choice.ts';
import type { Finding, Session } from '../state/session.ts';
import type { ShownProduct } from '../state/steps.ts';

/** One of the products shown, of which there must be one; one not yet seen in this session where there is any. */
export function chooseShown(
  { demand, random, viewed }: Pick<Session, 'demand' | 'random' | 'viewed'>,
  { products, listing, step }: Finding,
): ShownProduct {
  const first = (step.page - 1) * LIST_PAGE.size + 1;
  const unseen = products.flatMap((product, index) =>
    viewed.has(product.id) ? [] : [{ product, position: first + index }],
  );
  const among = unseen.length > 0 ? unseen : products.map((product) => ({ product, position: first }));
  const choice = weightedChoice(among, ({ position }) => demand.weightAt(position, listing));
  const chosen = among[random.weighted(choice.cumulativeWeights)];
  if (chosen === undefined) throw new Error('A shopper chooses on a page that shows nothing.');
  return chosen.product;
}
