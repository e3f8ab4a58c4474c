// What the catalogue adds to the shop: reading for everybody, stock for operators.
import type { Feature } from '../platform/features/feature.ts';
import { registerCatalogRoutes } from './routes.ts';

export const catalogFeature = {
  name: 'catalog',
  open: ({ database }) => ({
    api: () => ({
      routes: (app, authenticate) => registerCatalogRoutes(app, { database, authenticate }),
    }),
  }),
} satisfies Feature;
