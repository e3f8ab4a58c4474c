// What the wish list adds to the shop: its routes.
import type { Feature } from '../platform/features/feature.ts';
import { registerWishRoutes } from './routes.ts';

export const wishesFeature = {
  name: 'wishes',
  open: ({ database, clock }) => ({
    api: () => ({
      routes: (app, authenticate) => registerWishRoutes(app, { database, clock, authenticate }),
    }),
  }),
} satisfies Feature;
