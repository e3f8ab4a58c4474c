// The stub shop as a shop of somebody's own: a product's page, read as its people would, and no more.
import { defineShop, type SeenProduct } from 'stampede';

export default defineShop({
  catalogue: async () => [],
  visit: (http) => ({
    product: async (item) => {
      const answer = await http.get('product', `/products/${item.id}`);
      const { priceKrw, soldOut, stockCount } = answer.json<{
        priceKrw: number;
        soldOut: boolean;
        stockCount: number;
      }>();
      return { price: priceKrw, inStock: !soldOut, stock: stockCount } satisfies SeenProduct;
    },
    setLine: async () => undefined,
    checkout: async () => ({ is: 'rejected', because: 'nothing is sold here' }),
  }),
});
