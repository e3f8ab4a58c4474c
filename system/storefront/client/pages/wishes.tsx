// The wish list: what was wished last stands first.
import type { WishList } from '../../../contract/wishes.ts';
import { texts } from '../language/language.ts';
import { Action } from '../shared/controls.tsx';
import { Card } from '../shared/products.tsx';
import type { Page } from '../shared/view.ts';

type WishesProps = { items: WishList['items']; remove: (productId: number) => Promise<void> };

function List({ items, remove }: WishesProps) {
  const { wishes, cart } = texts();
  if (items.length === 0)
    return (
      <p class="nothing">
        {wishes.none} <a href="#/products">{cart.find}</a>
      </p>
    );
  return (
    <ul class="cards">
      {items.map((product) => (
        <Card key={product.id} product={product}>
          <Action class="plain" does={() => remove(product.id)} aria-label={wishes.takeOff(product.name)}>
            {cart.remove}
          </Action>
        </Card>
      ))}
    </ul>
  );
}

export const wishesPage: Page = async (_route, shop) => {
  const { items } = await shop.api.wishes();
  const { title } = texts().wishes;
  const remove = (productId: number) => shop.wishes.remove(productId).finally(shop.refresh);
  return {
    title,
    body: (
      <>
        <h1>{title}</h1>
        <List items={items} remove={remove} />
      </>
    ),
  };
};
