// What the cart adds to the shop: its routes.
import { createCountPeople } from '../counters/count-people.ts';
import type { Feature } from '../platform/features/feature.ts';
import { registerCartRoutes } from './routes.ts';

export const cartFeature = {
  name: 'cart',
  open: ({ database, clock, channels, config, log }) => ({
    api: () => {
      const countPeople = createCountPeople({ redis: channels, config, clock, log });
      return {
        routes: (app, authenticate) =>
          registerCartRoutes(app, { database, clock, countPeople, authenticate }),
        drain: countPeople.settled,
      };
    },
  }),
} satisfies Feature;
