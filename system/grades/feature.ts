// What grades add to the shop: the updater as a role.
import { ROLES } from '../contract/roles.ts';
import type { Feature } from '../platform/features/feature.ts';
import { integer, type ShopSettings } from '../platform/settings/settings.ts';
import { createPush } from '../platform/sockets/push.ts';
import { createGradeMetrics, type GradeMetrics } from './metrics.ts';
import { startGradeUpdater } from './updater.ts';

const UPDATER = ROLES.gradeUpdater.name;

export type GradesConfig = Readonly<{ gradesIntervalMs: number }>;

const settings: ShopSettings<GradesConfig> = {
  gradesIntervalMs: {
    variable: 'GRADES_INTERVAL_MS',
    fallback: '600000',
    meaning: 'ms between two updates of all grades',
    parse: integer(100, 604_800_000),
  },
};

export const gradesFeature = {
  name: 'grades',
  settings,
  roles: [ROLES.gradeUpdater],
  metrics: createGradeMetrics,
  open({ config, database, clock, log, health, channels }, metrics) {
    return {
      roles: {
        [UPDATER]() {
          const push = createPush({
            redis: channels,
            keyPrefix: config.redisKeyPrefix,
            onFailure: (error) => log.debug({ err: error }, 'a change of grade was not told'),
          });
          const everyMs = config.gradesIntervalMs;
          const updater = startGradeUpdater({ database, clock, log, metrics, push, everyMs });
          health.add(UPDATER, async () => updater.check());
          return updater;
        },
      },
    };
  },
} satisfies Feature<ShopSettings<GradesConfig>, GradeMetrics>;
