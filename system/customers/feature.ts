// What people and sessions add to the shop: their routes, who is asking at everybody else's, and the sweeping of sessions.
import type { Feature } from '../platform/features/feature.ts';
import { flag, type ShopSettings } from '../platform/settings/settings.ts';
import { createAuthenticate, decorateWithSession } from './authentication.ts';
import { createEndedSessions } from './ended-sessions.ts';
import { registerCustomerRoutes } from './routes.ts';
import { refuseSeededAccounts } from './seeded-accounts.ts';
import { createSessions } from './sessions.ts';
import { startSessionSweep } from './sweep-sessions.ts';

export type CustomersConfig = Readonly<{ allowSeededAccounts: boolean }>;

const settings: ShopSettings<CustomersConfig> = {
  allowSeededAccounts: {
    variable: 'SHOP_ALLOW_SEEDED_ACCOUNTS',
    fallback: '',
    meaning: "1: serve a data set's accounts, which anybody can use, on an address that is not loopback",
    parse: flag,
  },
};

export const customersFeature = {
  name: 'customers',
  settings,
  open({ config, database, clock, metrics, log }) {
    return {
      beforeApi: () => refuseSeededAccounts(config, database),
      api({ redis, closeSockets }) {
        const onEnd = createEndedSessions({ registry: metrics.registry, closeSockets, log });
        const sessions = createSessions({ redis, database, clock, onEnd });
        const authenticate = createAuthenticate(sessions);
        return {
          authentication: { prepare: decorateWithSession, authenticate, readSession: sessions.read },
          routes: (app) => registerCustomerRoutes(app, { database, redis, clock, sessions, authenticate }),
          jobs: [() => startSessionSweep({ database, clock, log })],
        };
      },
    };
  },
} satisfies Feature<ShopSettings<CustomersConfig>>;
