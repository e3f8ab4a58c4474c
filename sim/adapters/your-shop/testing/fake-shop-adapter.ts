// The file that somebody writes for the fake shop of the tests: every verb, guests, and both calls of the audit.
import { type Answer, defineShop, type Http, type Item, type Outcome, type ShopOrder } from 'stampede';

type Product = Item & { stock: number };
type Order = Omit<ShopOrder, 'orderId'> & { id: string };

const ADMIN = { headers: { 'x-admin': 'secret' } };

const hasNext = (answer: Answer): boolean => answer.header('link')?.includes('rel="next"') ?? false;

async function catalogue(http: Http): Promise<Item[]> {
  const items: Item[] = [];
  for (let page = 1; ; page += 1) {
    const answer = await http.get('catalogue', `/products?page=${page}&size=100`);
    items.push(...answer.json<Product[]>());
    if (!hasNext(answer)) return items;
  }
}

const pageOf = (answer: Answer) => ({
  items: answer.json<Product[]>().map(({ id, price, stock }) => ({ id, price, inStock: stock > 0 })),
  hasNext: hasNext(answer),
});

const orderOf = ({ id, ...order }: Order): ShopOrder => ({ orderId: id, ...order });

function outcomeOf({ id, state, total = 0 }: Order): Outcome {
  return state === 'pending' ? { is: 'pending', orderId: id } : { is: 'ok', orderId: id, total };
}

export default defineShop({
  name: 'The fake shop',
  catalogue,
  visit: (http, person) => {
    const change = async (item: Item, quantity: number) => {
      const path = `/cart/${item.id}`;
      const answer =
        quantity === 0
          ? await http.delete('cart line removed', path)
          : await http.put('cart line', path, { quantity }, { accept: [409] });
      return answer.status === 409 ? ({ is: 'rejected', because: 'sold-out' } as const) : undefined;
    };
    const list = async (name: string, query: string) => pageOf(await http.get(name, `/products?${query}`));
    return {
      home: () => list('home', 'page=1'),
      list: (category, page) => list('list', `category=${encodeURIComponent(category)}&page=${page}`),
      search: (text, page) => list('search', `q=${encodeURIComponent(text)}&page=${page}`),
      product: async (item) => (await http.get('product', `/products/${item.id}`)).json<Product>(),
      setLine: (item, quantity) => change(item, quantity),
      removeLine: (item) => change(item, 0),
      cart: async () => (await http.get('cart', '/cart')).json(),
      checkout: async () => {
        const answer = await http.post('checkout', '/orders', { email: person.email }, { accept: [409] });
        if (answer.status === 409) return { is: 'rejected', because: 'sold-out' };
        return outcomeOf(answer.json<Order>());
      },
      outcome: async (orderId) => outcomeOf((await http.get('order', `/orders/${orderId}`)).json<Order>()),
      order: async (orderId) => {
        const answer = await http.get('order', `/orders/${orderId}`, { accept: [404] });
        return answer.status === 404 ? null : orderOf(answer.json<Order>());
      },
      orders: async () =>
        (await http.get('orders', `/orders?email=${encodeURIComponent(person.email)}`))
          .json<Order[]>()
          .map(orderOf),
      cancel: async (orderId) => {
        const answer = await http.post('cancel', `/orders/${orderId}/cancel`, {}, { accept: [409] });
        return answer.status === 409 ? { is: 'rejected', because: 'already-cancelled' } : undefined;
      },
    };
  },
  audit: {
    ordersSince: async (http, instant) =>
      (await http.get('admin orders', `/admin/orders?since=${instant.getTime()}`, ADMIN))
        .json<Order[]>()
        .map(orderOf),
    stock: async (http) =>
      (await http.get('admin stock', '/admin/stock', ADMIN)).json<Record<string, number>>(),
  },
});
