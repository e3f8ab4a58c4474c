// Medusa 2.21 as a shop to rehearse: its store API (REST) for visitors, its admin API, read-only, for the audit. A variant is an item.
import type { Outcome, Refusal, Slice, Sliced } from 'stampede';
import { type Answer, defineShop, type Http, type Item, readAll, readPage, refused } from 'stampede';

const KEY = process.env.MEDUSA_PUBLISHABLE_KEY ?? 'pk_stampede';
const email = process.env.MEDUSA_ADMIN ?? 'admin@stampede.example';
const password = process.env.MEDUSA_PASSWORD ?? 'stampede-rehearsal';
const ADDRESS = { address_1: '110 Sejong-daero', city: 'Seoul', postal_code: '04524', country_code: 'kr' };
const SANDBOX = { provider_id: 'pp_system_default' };
const SHOWN = 'id,title,*variants.calculated_price,+variants.inventory_quantity,*categories';
const ORDERED = 'id,status,total,*items';
/** Medusa's status for a refusal; and for a conflict with somebody else's checkout, after which it wants to be asked again. */
const NO = { accept: [400] };
const NO_OR_AGAIN = { accept: [400, 409] };

type Query = Record<string, string>;
type Variant = { id: string; inventory_quantity: number; calculated_price: { calculated_amount: number } };
type Product = { id: string; title: string; variants: Variant[]; categories: { id: string }[] };
type Line = { id: string; variant_id: string; quantity: number; unit_price: number };
type Cart = { id: string; total: number; items: Line[] };
type Order = Cart & { status: string };
type Options = { shipping_options: { id: string }[] };
type Payment = { payment_collection: { id: string } };
type Regions = { regions: [{ id: string }] };
type Listed<T> = { orders?: T[]; variants?: T[]; count: number };
type Completed = { order?: Order; error?: { message: string }; message?: string };

const sliceOf = ({ skip, take }: Slice) => ({ limit: `${take}`, offset: `${skip}` });
const linesOf = ({ items }: Cart) =>
  items.map(({ variant_id: id, quantity, unit_price: price }) => ({ id, quantity, price }));
const orderOf = (order: Order) => {
  const state = order.status === 'canceled' ? ('cancelled' as const) : ('stands' as const);
  return { orderId: order.id, total: order.total, lines: linesOf(order), state };
};
const itemsOf = ({ id: path, title: name, categories, variants }: Product): Item[] =>
  variants.map(({ id, inventory_quantity: stock, calculated_price: { calculated_amount: price } }) => {
    return { id, name, path, category: categories[0]?.id ?? 'none', price, stock, inStock: stock > 0 };
  });

async function ask<T>(http: Http, route: string, path: string, query: Query = {}) {
  return (await http.get(route, `${path}?${new URLSearchParams(query)}`)).json<T>();
}

/** The one region there is, for all visitors: a storefront asks for it once. */
let region_id = '';
async function enter(http: Http) {
  http.header('x-publishable-api-key', KEY);
  region_id ||= (await ask<Regions>(http, 'regions', '/store/regions')).regions[0].id;
  return { region_id, fields: SHOWN };
}

async function products(http: Http, route: string, slice: Slice, about: Query = {}): Promise<Sliced<Item>> {
  const query = { ...(await enter(http)), ...sliceOf(slice), ...about };
  const found = await ask<{ products: Product[]; count: number }>(http, route, '/store/products', query);
  return { items: found.products.flatMap(itemsOf), total: found.count, entryCount: found.products.length };
}

/** All that the admin API has of something. */
async function all<T>(http: Http, route: string, path: string, about: Query): Promise<T[]> {
  const signedIn = await http.post('login', '/auth/user/emailpass', { email, password });
  http.header('Authorization', `Bearer ${signedIn.json<{ token: string }>().token}`);
  return readAll(async (slice) => {
    const page = await ask<Listed<T>>(http, route, path, { ...about, ...sliceOf(slice) });
    return { items: page.orders ?? page.variants ?? [], total: page.count };
  });
}

export default defineShop({
  name: 'Medusa',
  currency: 'KRW',
  catalogue: (http) => readAll((slice) => products(http, 'catalogue', slice)),
  visit(http, person) {
    let cart: Cart | undefined;
    const inCart = ({ id }: Item) => cart?.items.find(({ variant_id }) => variant_id === id);
    const read = (answer: Answer): Refusal | undefined => {
      const { message = '', ...now } = answer.json<{ message?: string; cart?: Cart; parent?: Cart }>();
      cart = now.cart ?? now.parent ?? cart;
      return answer.status === 400 ? refused(message) : undefined;
    };
    const list = (route: string, page: number, about = {}) =>
      readPage(page, (slice) => products(http, route, slice, about));
    const complete = async (id: string): Promise<Outcome> => {
      const answer = await http.post('complete', `/store/carts/${id}/complete`, {}, NO_OR_AGAIN);
      if (answer.status === 409) return { is: 'pending', orderId: id };
      const { order, error, message = '' } = answer.json<Completed>();
      return order ? { is: 'ok', orderId: order.id, total: order.total } : refused(error?.message ?? message);
    };
    return {
      arrive: async () => void (await enter(http)),
      home: () => list('home', 1),
      list: (category_id, page) => list('list', page, { category_id }),
      search: (q, page) => list('search', page, { q }),
      async product({ id, path }) {
        const [shown, at] = [await enter(http), `/store/products/${path}`];
        const { product } = await ask<{ product: Product }>(http, 'product', at, shown);
        return itemsOf(product).find((variant) => variant.id === id);
      },
      async setLine(item, quantity) {
        const [line, lines] = [inCart(item), `/store/carts/${cart?.id}/line-items`];
        const added = { variant_id: item.id, quantity };
        if (line) return read(await http.post('change cart', `${lines}/${line.id}`, { quantity }, NO));
        if (cart) return read(await http.post('add to cart', lines, added, NO));
        const address = { ...ADDRESS, first_name: person.name, last_name: 'Rehearsal' };
        const about = { email: person.email, shipping_address: address, billing_address: address };
        const opened = { region_id, items: [added], ...about };
        return read(await http.post('open cart', '/store/carts', opened, NO));
      },
      async removeLine(item) {
        const path = `/store/carts/${cart?.id}/line-items/${inCart(item)?.id}`;
        return read(await http.delete('remove from cart', path, NO));
      },
      async cart() {
        if (cart) read(await http.get('cart', `/store/carts/${cart.id}`));
        return cart ? { lines: linesOf(cart), total: cart.total } : { lines: [] };
      },
      async checkout() {
        const cart_id = cart?.id ?? 'none';
        http.orderWillBe(cart_id);
        const options = await ask<Options>(http, 'methods', '/store/shipping-options', { cart_id });
        const option_id = options.shipping_options[0]?.id;
        await http.post('shipping', `/store/carts/${cart_id}/shipping-methods`, { option_id });
        const made = await http.post('payment', '/store/payment-collections', { cart_id });
        const { id } = made.json<Payment>().payment_collection;
        await http.post('payment session', `/store/payment-collections/${id}/payment-sessions`, SANDBOX);
        return complete(cart_id);
      },
      // By its cart while no order is known: to complete that again gives the order that there is, or tries once more.
      outcome: async (id) => (id.startsWith('cart_') ? complete(id) : { is: 'ok', orderId: id }),
      async order(id) {
        const end = id.startsWith('cart_') ? await complete(id) : { is: 'ok', orderId: id };
        if (end.is !== 'ok') return null;
        const path = `/store/orders/${end.orderId}?fields=${ORDERED}`;
        const answer = await http.get('order', path, { accept: [404] });
        return answer.status === 404 ? null : orderOf(answer.json<{ order: Order }>().order);
      },
    };
  },
  audit: {
    async ordersSince(http, instant) {
      const about = { 'created_at[$gte]': instant.toISOString(), fields: ORDERED };
      return (await all<Order>(http, 'orders', '/admin/orders', about)).map(orderOf);
    },
    async stock(http) {
      const about = { fields: 'id,inventory_quantity' };
      const variants = await all<Variant>(http, 'stock', '/admin/product-variants', about);
      return Object.fromEntries(variants.map((one) => [one.id, one.inventory_quantity]));
    },
  },
});
