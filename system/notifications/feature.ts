// What notifications add to the shop: their routes, what is said over the sockets, and the letting go of old ones.
import type { Log } from '../platform/diagnostics/log.ts';
import type { Feature } from '../platform/features/feature.ts';
import { startPeriodically } from '../platform/features/periodically.ts';
import { removeInRounds } from '../platform/features/remove-in-rounds.ts';
import type { Clock } from '../platform/settings/clock.ts';
import { integer, type ShopSettings } from '../platform/settings/settings.ts';
import { createPush } from '../platform/sockets/push.ts';
import { createNotificationMetrics, type NotificationMetrics } from './metrics.ts';
import { registerNotificationRoutes } from './routes.ts';
import { createScreens } from './screens.ts';
import { createNotificationStore, type NotificationStore } from './store.ts';

export type NotificationsConfig = Readonly<{ notificationsKeepDays: number }>;

const DAY_MS = 24 * 60 * 60 * 1_000;
const SWEEP_EVERY_MS = 10 * 60 * 1_000;

const settings: ShopSettings<NotificationsConfig> = {
  notificationsKeepDays: {
    variable: 'NOTIFICATIONS_KEEP_DAYS',
    fallback: '30',
    meaning: 'days after which notifications go, read or not',
    parse: integer(1, 36_500),
  },
};

/** Lets everything go that is older than what is kept. */
async function sweep(
  store: Pick<NotificationStore, 'removeBefore'>,
  keepDays: number,
  { clock, log }: { clock: Clock; log: Log },
): Promise<void> {
  const before = new Date(clock.now().getTime() - keepDays * DAY_MS);
  const removedCount = await removeInRounds((count) => store.removeBefore(before, count));
  if (removedCount > 0) log.info({ removedCount }, 'old notifications are gone');
}

export const notificationsFeature = {
  name: 'notifications',
  settings,
  metrics: createNotificationMetrics,
  open({ config, database, channels, clock, log }, metrics) {
    return {
      api() {
        const store = createNotificationStore(database);
        const screens = createScreens({ store, clock, metrics });
        const push = createPush({
          redis: channels,
          keyPrefix: config.redisKeyPrefix,
          onFailure: (error) => log.debug({ err: error }, 'other screens do not know what was read'),
        });
        const keep = () => sweep(store, config.notificationsKeepDays, { clock, log });
        return {
          routes: (app, authenticate) =>
            registerNotificationRoutes(app, { store, push, clock, metrics, authenticate }),
          answers: [{ event: 'notifications:shown', answer: screens.shown }],
          greetings: [screens.greet],
          jobs: [() => startPeriodically('the notifications', SWEEP_EVERY_MS, keep, log)],
          drain: screens.close,
        };
      },
    };
  },
} satisfies Feature<ShopSettings<NotificationsConfig>, NotificationMetrics>;
