// Vendure as it is rehearsed: PostgreSQL, the search and the queue that it brings, its own dummy payment, prices in whole won.
import {
  DefaultJobQueuePlugin,
  DefaultLogger,
  DefaultMoneyStrategy,
  DefaultSearchPlugin,
  dummyPaymentHandler,
  LogLevel,
  NoopSessionCacheStrategy,
} from '@vendure/core';

/** Won have no fractions; the usual two digits would also make a full cart too much for the column of its total. */
class WonStrategy extends DefaultMoneyStrategy {
  precision = 0;
}

/** `isNew`: the database is empty and gets its tables. */
export function vendureConfig({ databaseUrl, port, processCount, isNew }) {
  return {
    logger: new DefaultLogger({ level: LogLevel.Warn }),
    apiOptions: {
      hostname: '127.0.0.1',
      port,
      adminApiPath: 'admin-api',
      shopApiPath: 'shop-api',
      cors: false,
    },
    authOptions: {
      tokenMethod: 'bearer',
      // Several processes must not each remember sessions of their own. (Where DefaultCachePlugin keeps them in the database, a hundred
      // checkouts at once were seen to hang the shop for minutes.)
      ...(processCount > 1 ? { sessionCacheStrategy: new NoopSessionCacheStrategy() } : {}),
      requireVerification: false,
      superadminCredentials: {
        identifier: process.env.VENDURE_ADMIN ?? 'superadmin',
        password: process.env.VENDURE_PASSWORD ?? 'stampede-rehearsal',
      },
    },
    dbConnectionOptions: { type: 'postgres', url: databaseUrl, synchronize: isNew, logging: false },
    entityOptions: { moneyStrategy: new WonStrategy() },
    paymentOptions: { paymentMethodHandlers: [dummyPaymentHandler] },
    plugins: [
      DefaultJobQueuePlugin.init({ useDatabaseForBuffer: true }),
      DefaultSearchPlugin.init({ bufferUpdates: false, indexStockStatus: true }),
    ],
  };
}
