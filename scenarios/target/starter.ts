// The file that `npm run target -- init` writes: every verb with what it is for, for a shop with a small JSON API.

export const STARTER = `// How shoppers use my shop. The rehearsal brings the shoppers, keeps the time, the cookies and the connections; this file says what
// they ask for and what the answers mean. Try it: npm run target -- check THIS-FILE --url http://127.0.0.1:3000
import { defineShop } from 'stampede';

// The name in http.get('product', …) is the route under which a request stands in every table: the same for all products.
// A request rejects on a status that was not to be expected, on its deadline and on no answer; what a verb throws is a failure.

type Product = { id: string; name: string; category: string; price: number; stock: number };

export default defineShop({
  name: 'My shop',
  currency: 'EUR',

  // All that is for sale. From a file instead: fromCsv('items.csv'); from the shop's pages: fromSitemap('/sitemap.xml', /product\\/(.+)/).
  async catalogue(http) {
    const answer = await http.get('catalogue', '/products');
    return answer.json<Product[]>().map(({ id, name, category, price, stock }) => ({ id, name, category, price, stock }));
  },

  // Accounts that may be used, each by one visitor at a time. Left out: everybody is a guest.
  // people: fromCsv('people.csv'),

  visit: (http, person) => ({
    // Before anything else: a session, a sign-in, a token. http.header('authorization', …) goes with all later requests.
    // async arrive() {},

    // What is left out, nobody does, and the page says so.
    async list(category, page) {
      const answer = await http.get('list', \`/products?category=\${encodeURIComponent(category)}&page=\${page}\`);
      const items = answer.json<Product[]>();
      return { items: items.map(({ id, price, stock }) => ({ id, price, inStock: stock > 0 })) };
    },

    async product(item) {
      const { price, stock } = (await http.get('product', \`/products/\${item.id}\`)).json<Product>();
      return { price, stock, inStock: stock > 0 };
    },

    // Makes the cart hold so many of it. A refusal is an answer, no failure.
    async setLine(item, quantity) {
      const answer = await http.put('setLine', \`/cart/\${item.id}\`, { quantity }, { accept: [409] });
      return answer.status === 409 ? { is: 'rejected', because: 'sold-out' } : undefined;
    },

    async removeLine(item) {
      await http.delete('removeLine', \`/cart/\${item.id}\`);
      return undefined;
    },

    async cart() {
      return (await http.get('cart', '/cart')).json();
    },

    // Orders what is in the cart and pays by the sandbox of the shop's payment provider only.
    async checkout() {
      const body = { email: person.email, name: person.name, payment: 'test' };
      const answer = await http.post('checkout', '/orders', body, { accept: [409] });
      if (answer.status === 409) return { is: 'rejected', because: answer.json<{ because: string }>().because };
      const { id, total } = answer.json<{ id: string; total: number }>();
      return { is: 'ok', orderId: id, total };
    },

    // How a pending order stands, or one whose end was not heard: asked again until it is decided. Where the shop says it by itself, wait
    // for that instead: http.events(…) and http.socket(…) give its messages, hooks.wait(orderId) its webhook (docs/your-shop.md).
    // async outcome(orderId) {},

    // The order as the shop keeps it; null when there is none. The audit looks every order up with it.
    async order(orderId) {
      const answer = await http.get('order', \`/orders/\${orderId}\`, { accept: [404] });
      if (answer.status === 404) return null;
      const { lines, total } = answer.json<{ lines: { id: string; quantity: number }[]; total: number }>();
      return { orderId, lines, total };
    },
  }),

  // Read-only calls of whoever runs the shop; they are not measured. With them the audit finds what was sold twice, or too often.
  // audit: {
  //   async ordersSince(http, instant) { … },
  //   async stock(http, items) { … },
  // },
});
`;
