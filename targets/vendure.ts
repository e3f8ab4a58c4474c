// Vendure 3.7 as a shop to rehearse: its shop API (GraphQL) for visitors, its admin API, read-only, for the audit. A variant is an item.
import type { ShopOrder, Sliced } from 'stampede';
import { defineShop, type Http, type Item, readAll, readPage, refused } from 'stampede';

const { VENDURE_ADMIN: user = 'superadmin', VENDURE_PASSWORD: pass = 'stampede-rehearsal' } = process.env;
const ADDRESS = { streetLine1: '110 Sejong-daero', city: 'Seoul', postalCode: '04524', countryCode: 'KR' };
const SANDBOX = { method: 'sandbox', metadata: {} };
const [SHOP, ADMIN] = ['/shop-api', '/admin-api'];

type Hit = { id: string; name: string; path: string; inStock: boolean; price: { value: number } };
type Collections = { collections: { items: { slug: string }[] } };
type Product = { product: { variants: { id: string; price: number; stockLevel: string }[] } };
type Methods = { methods: { id: string }[] };
type Line = { lineId: string; item: { id: string }; quantity: number; price: number };
type Order = { orderId: string; active: boolean; state: string; total: number; lines: Line[] };
type Result = Order & { errorCode?: string; transitionError?: string; order?: Order };
type All<T> = { all: Sliced<T> };
type Stock = { id: string; stockOnHand: number; stockAllocated: number };

const ORDER = `orderId: code active state total: totalWithTax
  lines { lineId: id quantity price: unitPriceWithTax item: productVariant { id } }`;
const CART = `{ order: activeOrder { ${ORDER} } }`;
const BY_CODE = `query ($code: String!) { order: orderByCode(code: $code) { ${ORDER} } }`;
const SEARCH = `query ($input: SearchInput!) { search(input: $input) { total: totalItems items { id: productVariantId
  name: productName path: slug inStock price: priceWithTax { ... on SinglePrice { value } } } } }`;
const PRODUCT = `query ($slug: String!) { product(slug: $slug) { variants { id price: priceWithTax stockLevel } } }`;
const COLLECTIONS = '{ collections(options: { take: 100 }) { items { slug } } }';
const METHODS = '{ methods: eligibleShippingMethods { id } }';
const LOGIN = `mutation ($user: String!, $pass: String!) { login(username: $user, password: $pass) { __typename } }`;
const ORDERS = `query ($after: DateTime, $skip: Int, $take: Int) { all: orders(options: { skip: $skip, take: $take,
  filter: { orderPlacedAt: { after: $after } } }) { total: totalItems items { ${ORDER} } } }`;
const STOCK = `query ($skip: Int, $take: Int) { all: productVariants(options: { skip: $skip, take: $take }) {
  total: totalItems items { id stockOnHand stockAllocated } } }`;
const change = (call: string, types = '', also = '') =>
  `mutation ${types} { result: ${call} { ... on Order { ${ORDER} } ... on ErrorResult { errorCode } ${also} } }`;
const STOCK_ERROR = `... on InsufficientStockError { order { ${ORDER} } }`;
const STATE_ERROR = '... on OrderStateTransitionError { transitionError }';
const ITEM = '($id: ID!, $count: Int!)';
const ADD = change('addItemToOrder(productVariantId: $id, quantity: $count)', ITEM, STOCK_ERROR);
const ADJUST = change('adjustOrderLine(orderLineId: $id, quantity: $count)', ITEM, STOCK_ERROR);
const CUSTOMER = change('setCustomerForOrder(input: $input)', '($input: CreateCustomerInput!)');
const SEND_TO = change('setOrderShippingAddress(input: $input)', '($input: CreateAddressInput!)');
const SHIP = change('setOrderShippingMethod(shippingMethodId: $ids)', '($ids: [ID!]!)');
const ARRANGE = change('transitionOrderToState(state: "ArrangingPayment")', '', STATE_ERROR);
const PAY = change('addPaymentToOrder(input: $input)', '($input: PaymentInput!)', STATE_ERROR);

const seen = ({ price, ...hit }: Hit) => ({ ...hit, price: price.value });
const lineOf = ({ item, quantity, price }: Line) => ({ id: item.id, quantity, price });
function orderOf({ active, state: at, lines, ...order }: Order): ShopOrder {
  const state = active ? 'pending' : at === 'Cancelled' ? 'cancelled' : 'stands';
  return { ...order, state, lines: lines.map(lineOf) };
}

/** A session's token comes with the first answer that needs one. */
async function ask<T>(http: Http, route: string, document: string, variables = {}, path = SHOP): Promise<T> {
  const { data, answer } = await http.graphql<T>(route, document, variables, { path });
  const token = answer.header('vendure-auth-token');
  if (token) http.header('Authorization', `Bearer ${token}`);
  return data;
}

async function search(http: Http, route: string, input: object) {
  const { search } = await ask<{ search: Sliced<Hit> }>(http, route, SEARCH, { input });
  return { items: search.items.map(seen), total: search.total };
}

/** All that the admin API has of something. */
async function all<T>(http: Http, route: string, query: string, about = {}): Promise<T[]> {
  await ask(http, 'login', LOGIN, { user, pass }, ADMIN);
  return readAll(async (slice) => (await ask<All<T>>(http, route, query, { ...about, ...slice }, ADMIN)).all);
}

export default defineShop({
  name: 'Vendure',
  currency: 'KRW',
  async catalogue(http) {
    const items: Item[] = [];
    const { collections } = await ask<Collections>(http, 'collections', COLLECTIONS);
    for (const { slug } of collections.items) {
      const hits = await readAll((slice) => search(http, 'catalogue', { collectionSlug: slug, ...slice }));
      items.push(...hits.map((hit) => ({ ...hit, category: slug })));
    }
    return items;
  },
  visit(http, person) {
    let cart: Order | null = null;
    const list = (route: string, page: number, about = {}) =>
      readPage(page, (slice) => search(http, route, { ...about, ...slice }));
    const set = async (route: string, document: string, variables = {}) => {
      const { result } = await ask<{ result: Result }>(http, route, document, variables);
      cart = result.errorCode ? (result.order ?? cart) : result;
      return result.errorCode ? refused(result.errorCode.toLowerCase(), result.transitionError) : undefined;
    };
    const inCart = ({ id }: Item) => cart?.lines.find(({ item }) => item.id === id);
    const setLine = (item: Item, count: number) => {
      const line = inCart(item);
      if (line) return set('change cart', ADJUST, { id: line.lineId, count });
      return set('add to cart', ADD, { id: item.id, count });
    };
    return {
      home: () => list('home', 1),
      list: (collectionSlug, page) => list('list', page, { collectionSlug }),
      search: (term, page) => list('search', page, { term }),
      async product({ id, path: slug }) {
        const { product } = await ask<Product>(http, 'product', PRODUCT, { slug });
        const variant = product.variants.find((one) => one.id === id);
        return variant && { price: variant.price, inStock: variant.stockLevel !== 'OUT_OF_STOCK' };
      },
      async setLine(item, quantity) {
        const before = inCart(item)?.quantity ?? 0;
        const refusal = await setLine(item, quantity);
        // Of what is refused, Vendure leaves in the cart as many as there are: they are taken out again.
        if (refusal && (inCart(item)?.quantity ?? 0) !== before) await setLine(item, before);
        return refusal;
      },
      removeLine: (item) => setLine(item, 0),
      async cart() {
        cart = (await ask<{ order: Order | null }>(http, 'cart', CART)).order;
        return cart ? orderOf(cart) : { lines: [] };
      },
      async checkout() {
        if (cart) http.orderWillBe(cart.orderId);
        const { methods } = await ask<Methods>(http, 'methods', METHODS);
        const customer = { firstName: person.name, lastName: 'Rehearsal', emailAddress: person.email };
        const refusal =
          (await set('customer', CUSTOMER, { input: customer })) ??
          (await set('address', SEND_TO, { input: { ...ADDRESS, fullName: person.name } })) ??
          (await set('shipping', SHIP, { ids: [methods[0]?.id] })) ??
          (await set('arrange payment', ARRANGE)) ??
          (await set('pay', PAY, { input: SANDBOX }));
        return refusal ?? { is: 'ok', orderId: cart?.orderId ?? '', total: cart?.total ?? 0 };
      },
      async order(code) {
        // One that there is not is an error: FORBIDDEN, so that nobody learns which there are.
        const answer = await http.post('order', SHOP, { query: BY_CODE, variables: { code } });
        const { data, errors } = answer.json<{ data: { order: Order | null } | null; errors?: object[] }>();
        if (errors && !answer.text().includes('FORBIDDEN')) throw new Error(`order: ${answer.text()}`);
        return data?.order ? orderOf(data.order) : null;
      },
    };
  },
  audit: {
    ordersSince: async (http, after) => (await all<Order>(http, 'orders', ORDERS, { after })).map(orderOf),
    async stock(http) {
      const variants = await all<Stock>(http, 'stock', STOCK);
      return Object.fromEntries(variants.map((one) => [one.id, one.stockOnHand - one.stockAllocated]));
    },
  },
});
