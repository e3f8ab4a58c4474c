// Vendure 3.7 as a shop to rehearse: its shop API (GraphQL) for visitors, its admin API, read-only, for the audit. A variant is an item.
import { defineShop, type Http, type Item, type Outcome, type Refusal, type ShopOrder } from 'stampede';

const { VENDURE_ADMIN: name = 'superadmin', VENDURE_PASSWORD: password = 'stampede-rehearsal' } = process.env;
const ADDRESS = { streetLine1: '110 Sejong-daero', city: 'Seoul', postalCode: '04524', countryCode: 'KR' };
const SANDBOX = { method: 'sandbox', metadata: {} };
const [PAGE, MOST] = [24, 100];

type Hit = { id: string; name: string; path: string; inStock: boolean; price: { value: number } };
type Hits = { search: { totalItems: number; items: Hit[] } };
type Collections = { collections: { items: { slug: string }[] } };
type Product = { product: { variants: { id: string; price: number; stockLevel: string }[] } };
type Methods = { methods: { id: string }[] };
type Line = { lineId: string; item: { id: string }; quantity: number; price: number };
type Order = { orderId: string; active: boolean; state: string; total: number; lines: Line[] };
type Result = Order & { errorCode?: string; transitionError?: string; order?: Order };
type Stock = { id: string; stockOnHand: number; stockAllocated: number };

const ORDER = `orderId: code active state total: totalWithTax
  lines { lineId: id quantity price: unitPriceWithTax item: productVariant { id } }`;
const CART = `{ order: activeOrder { ${ORDER} } }`;
const BY_CODE = `query ($code: String!) { order: orderByCode(code: $code) { ${ORDER} } }`;
const SEARCH = `query ($input: SearchInput!) { search(input: $input) { totalItems items { id: productVariantId
  name: productName path: slug inStock price: priceWithTax { ... on SinglePrice { value } } } } }`;
const PRODUCT = `query ($slug: String!) { product(slug: $slug) { variants { id price: priceWithTax stockLevel } } }`;
const COLLECTIONS = '{ collections(options: { take: 100 }) { items { slug } } }';
const METHODS = '{ methods: eligibleShippingMethods { id } }';
const LOGIN = `mutation ($name: String!, $password: String!) {
  login(username: $name, password: $password) { __typename } }`;
const ORDERS = `query ($after: DateTime, $skip: Int) { all: orders(options: { take: ${MOST}, skip: $skip,
  filter: { orderPlacedAt: { after: $after } } }) { items { ${ORDER} } } }`;
const STOCK = `query ($skip: Int) { all: productVariants(options: { take: ${MOST}, skip: $skip }) {
  items { id stockOnHand stockAllocated } } }`;
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
function refusalOf({ errorCode = '', transitionError = '' }: Result): Refusal {
  const isSoldOut = errorCode === 'INSUFFICIENT_STOCK_ERROR' || /stock/i.test(transitionError);
  return { is: 'rejected', because: isSoldOut ? 'sold-out' : errorCode.toLowerCase() };
}

/** A session's token comes with the first answer that needs one. */
async function ask<T>(http: Http, route: string, document: string, variables = {}, path = '/shop-api') {
  const { data, answer } = await http.graphql<T>(route, document, variables, { path });
  const token = answer.header('vendure-auth-token');
  if (token) http.header('Authorization', `Bearer ${token}`);
  return data;
}

/** All that the admin API has of something, page by page. */
async function all<T>(http: Http, route: string, document: string, variables = {}): Promise<T[]> {
  await ask(http, 'login', LOGIN, { name, password }, '/admin-api');
  for (const found: T[] = []; ; ) {
    const about = { ...variables, skip: found.length };
    const page = await ask<{ all: { items: T[] } }>(http, route, document, about, '/admin-api');
    found.push(...page.all.items);
    if (page.all.items.length < MOST) return found;
  }
}

export default defineShop({
  name: 'Vendure',
  currency: 'KRW',
  async catalogue(http) {
    const items: Item[] = [];
    const { collections } = await ask<Collections>(http, 'collections', COLLECTIONS);
    for (const { slug: category } of collections.items)
      for (let skip = 0, total = 1; skip < total; skip += MOST) {
        const input = { collectionSlug: category, take: MOST, skip };
        const { search } = await ask<Hits>(http, 'catalogue', SEARCH, { input });
        total = search.totalItems;
        items.push(...search.items.map((hit) => ({ ...seen(hit), category })));
      }
    return items;
  },
  visit(http, person) {
    let cart: Order | null = null;
    const list = async (route: string, page: number, about = {}) => {
      const input = { ...about, take: PAGE, skip: (page - 1) * PAGE };
      const { search } = await ask<Hits>(http, route, SEARCH, { input });
      return { items: search.items.map(seen), hasNext: page * PAGE < search.totalItems };
    };
    const set = async (route: string, document: string, variables = {}): Promise<Refusal | undefined> => {
      const { result } = await ask<{ result: Result }>(http, route, document, variables);
      const isDone = result.errorCode === undefined;
      cart = isDone ? result : (result.order ?? cart);
      return isDone ? undefined : refusalOf(result);
    };
    const inCart = ({ id }: Item) => cart?.lines.find(({ item }) => item.id === id);
    const setLine = (item: Item, count: number) => {
      const line = inCart(item);
      if (line) return set('change cart', ADJUST, { id: line.lineId, count });
      return set('add to cart', ADD, { id: item.id, count });
    };
    const find = async (code: string) => {
      // An order that there is not is an error: FORBIDDEN, so that nobody learns which there are.
      const answer = await http.post('order', '/shop-api', { query: BY_CODE, variables: { code } });
      const { data } = answer.json<{ data: { order: Order | null } | null }>();
      return data?.order ? orderOf(data.order) : null;
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
      async checkout(): Promise<Outcome> {
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
      order: find,
      async outcome(orderId): Promise<Outcome> {
        const order = await find(orderId);
        return { is: order?.state === 'stands' ? 'ok' : 'pending', orderId };
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
