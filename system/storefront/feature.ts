// What the storefront adds to the shop: its pages, and pictures of what it sells.
import type { Feature, ShopProcess } from '../platform/features/feature.ts';
import type { Pictured } from './pictures/picture-address.ts';
import { type FindPictured, registerStorefront } from './routes.ts';

/** Deleted products too: they stand in orders. */
function createFindPictured({ database }: Pick<ShopProcess, 'database'>): FindPictured {
  return async (productId) => {
    const { rows } = await database.query<Pictured>({
      name: 'storefront-pictured',
      text: 'SELECT id, name, image FROM products WHERE id = $1',
      values: [productId],
    });
    return rows[0] ?? null;
  };
}

export const storefrontFeature = {
  name: 'storefront',
  open: (process) => ({
    api: () => ({ routes: (app) => registerStorefront(app, { findPictured: createFindPictured(process) }) }),
  }),
} satisfies Feature;
