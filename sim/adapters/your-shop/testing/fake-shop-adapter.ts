// The file that somebody writes for the fake shop of the tests: every verb, guests, and both calls of the audit.
import { defineShop, type Http, type Item, type Outcome, type ShopOrder } from 'stampede';

type Page = { items: (Item & { stock: number })[]; hasNext: boolean };

const ADMIN = { headers: { 'x-admin': 'secret' } };

async function catalogue(http: Http): Promise<Item[]> {
  const items: Item[] = [];
  for (let page = 1; ; page += 1) {
    const found = (await http.get('catalogue', `/api/items?page=${page}&size=100`)).json<Page>();
    items.push(...found.items);
    if (!found.hasNext) return items;
  }
}

const pageOf = ({ items, hasNext }: Page) => ({
  items: items.map(({ id, price, stock }) => ({ id, price, inStock: stock > 0 })),
  hasNext,
});

function outcomeOf(order: ShopOrder): Outcome {
  const { orderId, state, total = 0 } = order;
  return state === 'pending' ? { is: 'pending', orderId } : { is: 'ok', orderId, total };
}

export default defineShop({
  name: 'The fake shop',
  catalogue,
  visit: (http, person) => {
    const change = async (item: Item, quantity: number) => {
      const path = `/api/cart/${item.id}`;
      const answer =
        quantity === 0
          ? await http.delete('cart line removed', path)
          : await http.put('cart line', path, { quantity }, { accept: [409] });
      return answer.status === 409 ? ({ is: 'rejected', because: 'sold-out' } as const) : undefined;
    };
    return {
      home: async () => pageOf((await http.get('home', '/api/items?page=1')).json<Page>()),
      list: async (category, page) =>
        pageOf(
          (
            await http.get('list', `/api/items?category=${encodeURIComponent(category)}&page=${page}`)
          ).json<Page>(),
        ),
      search: async (text, page) =>
        pageOf(
          (await http.get('search', `/api/items?q=${encodeURIComponent(text)}&page=${page}`)).json<Page>(),
        ),
      product: async (item) =>
        (await http.get('product', `/api/items/${item.id}`)).json<{ price: number; stock: number }>(),
      setLine: (item, quantity) => change(item, quantity),
      removeLine: (item) => change(item, 0),
      cart: async () => (await http.get('cart', '/api/cart')).json(),
      checkout: async () => {
        const answer = await http.post(
          'checkout',
          '/api/checkout',
          { email: person.email },
          { accept: [409] },
        );
        if (answer.status === 409) return { is: 'rejected', because: 'sold-out' };
        return outcomeOf(answer.json<ShopOrder>());
      },
      outcome: async (orderId) =>
        outcomeOf((await http.get('order', `/api/orders/${orderId}`)).json<ShopOrder>()),
      order: async (orderId) => {
        const answer = await http.get('order', `/api/orders/${orderId}`, { accept: [404] });
        return answer.status === 404 ? null : answer.json<ShopOrder>();
      },
      orders: async () =>
        (await http.get('orders', `/api/orders?email=${encodeURIComponent(person.email)}`)).json<
          ShopOrder[]
        >(),
      cancel: async (orderId) => {
        const answer = await http.post('cancel', `/api/orders/${orderId}/cancel`, {}, { accept: [409] });
        return answer.status === 409 ? { is: 'rejected', because: 'already-cancelled' } : undefined;
      },
    };
  },
  audit: {
    ordersSince: async (http, instant) =>
      (await http.get('admin orders', `/admin/orders?since=${instant.getTime()}`, ADMIN)).json<ShopOrder[]>(),
    stock: async (http) =>
      (await http.get('admin stock', '/admin/stock', ADMIN)).json<Record<string, number>>(),
  },
});
