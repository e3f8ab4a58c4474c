// What the cart adds to the shop: its routes.
import { countPeopleOf } from '../counters/count-people.ts';
import type { Feature } from '../platform/features/feature.ts';
import { registerCartRoutes } from './routes.ts';

export const cartFeature = {
  name: 'cart',
  open: (process) => ({
    api: () => {
      const { database, clock } = process;
      const countPeople = countPeopleOf(process);
      return {
        routes: (app, authenticate) =>
          registerCartRoutes(app, { database, clock, countPeople, authenticate }),
        drain: countPeople.settled,
      };
    },
  }),
} satisfies Feature;
