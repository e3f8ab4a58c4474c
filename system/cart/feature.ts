// What the cart adds to the shop: its routes.
import type { Feature } from '../platform/features/feature.ts';
import { registerCartRoutes } from './routes.ts';

export const cartFeature = {
  name: 'cart',
  open: ({ database, clock }) => ({
    api: () => ({
      routes: (app, authenticate) => registerCartRoutes(app, { database, clock, authenticate }),
    }),
  }),
} satisfies Feature;
