// Our shop as a target: each cell has a fresh database, topics and keys on the services of the run, and shop processes of
// its own.
import type { CleanUp } from '../../../deploy/local/programs/clean-up.ts';
import { kafkaAccess } from '../../../deploy/local/services/judging/kafka-access.ts';
import type { Stack } from '../../../deploy/local/services/stack.ts';
import { auditRun } from '../../audit/audit.ts';
import { noteBefore } from '../../audit/before.ts';
import { withClient } from '../../data/databases.ts';
import { axes } from '../../scenario/axes.ts';
import { givenBy } from '../../scenario/axis-values.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { shopStart } from '../../scenario/shop-start.ts';
import type { OpenTarget, RunningTarget } from '../target.ts';
import { giveCoupons } from './give-coupons.ts';
import { auditLastUnits, type Wanted, wantedInOurShop } from './last-units.ts';
import { actionsInOpensearch } from './opensearch-actions.ts';
import { untilProductsAreIndexed } from './opensearch-indexes.ts';
import { type RedisWatch, watchRedis } from './redis-watch.ts';
import { startShop } from './shop-processes.ts';
import { strike } from './strike.ts';
import { openSurroundings, type Surroundings } from './surroundings.ts';
import { topicQueues } from './topic-queues.ts';

/** Longer than any data set takes to warm up, drain and be audited on a machine that can be used at all. */
const USED_BESIDE_SPAN_MS = 3_600_000;

/** The services of a run and the template database of its data set. */
export type ShopGround = {
  stack: Stack;
  template: string;
  /** False for a database server that somebody else runs. */
  serverIsOurs: boolean;
  monotonicMs: () => number;
};

/** Clones the database, gives people their coupons, and notes how the shop stands before anybody comes. */
export async function openOurShop(
  cleanUp: CleanUp,
  ground: ShopGround,
  scenario: Scenario,
): Promise<OpenTarget> {
  const { durationSeconds, leadInSeconds, drainSeconds } = scenario.load;
  const surroundings = await openSurroundings(cleanUp, {
    places: ground.stack,
    template: ground.template,
    serverIsOurs: ground.serverIsOurs,
    kind: 'cell',
    usedForMs: (durationSeconds + leadInSeconds + drainSeconds) * 1_000 + USED_BESIDE_SPAN_MS,
    nowMs: Date.now(),
  });
  const wanted = await withClient(surroundings.databaseUrl, async (client) => {
    await giveCoupons(client, scenario.coupons.holderRatio, shopStart(scenario));
    await noteBefore(client, shopStart(scenario));
    const { lastUnits } = scenario;
    return lastUnits === undefined ? null : wantedInOurShop(client, lastUnits.pieceCount);
  });
  const redis = await watchRedis(surroundings.redisUrl, surroundings.redisKeyPrefix);
  cleanUp.later({ what: 'a connection to Redis', remedy: 'It ends with this process.' }, async () =>
    redis.close(),
  );
  return { start: (input) => startOurShop(ground, scenario, { surroundings, redis, wanted }, input) };
}

async function startOurShop(
  { stack, monotonicMs }: ShopGround,
  scenario: Scenario,
  { surroundings, redis, wanted }: { surroundings: Surroundings; redis: RedisWatch; wanted: Wanted | null },
  input: Parameters<OpenTarget['start']>[0],
): Promise<RunningTarget> {
  const { broker, flushRedis, ...around } = surroundings;
  const shop = await startShop(scenario, { ...around, ...input });
  const keptIn = scenario.behaviour.store === 'opensearch' ? around.opensearch : null;
  if (keptIn !== null) await Promise.race([untilProductsAreIndexed(keptIn), shop.failed]);
  const queues = topicQueues(broker, monotonicMs);
  const { services } = stack;
  return {
    urls: shop.urls,
    storefrontUrl: shop.url,
    pids: () => ({
      ...shop.pids(),
      ...Object.fromEntries(services.map(({ name, pids }) => [name, pids])),
    }),
    failed: shop.failed,
    ...(scenario.intake.through === 'topics'
      ? { topics: { brokers: around.kafkaBrokers, prefix: around.kafkaPrefix, access: kafkaAccess() } }
      : {}),
    ...(wanted === null ? {} : { wantedItem: String(wanted.productId) }),
    // Where orders do not go through the broker, what waits there is none of their way.
    backlogCount: givenBy(axes, scenario).includes('broker') ? queues.backlogCount : null,
    gauges: redis.gauges,
    drain: queues.drain,
    strike: (fault) => strike(fault, { shop, services, flushRedis }),
    stop: shop.stop,
    async audit(attempts) {
      return auditRun({
        databaseUrl: around.databaseUrl,
        attempts,
        broker: await queues.facts(),
        ...(keptIn === null ? {} : { actionsElsewhere: actionsInOpensearch(keptIn) }),
        ...(wanted === null
          ? {}
          : { besides: async (client) => [await auditLastUnits(client, wanted, scenario, attempts)] }),
      });
    },
  };
}
