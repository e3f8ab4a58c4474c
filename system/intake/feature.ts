// What comes into the shop from outside through the broker: products into the catalogue, people among the customers.
import { INTAKES, type Intake } from '../contract/processes.ts';
import { ROLES } from '../contract/roles.ts';
import { TOPICS } from '../contract/topics.ts';
import type { Feature } from '../platform/features/feature.ts';
import type { BatchConsumer } from '../platform/kafka/kafka-consumer.ts';
import { integer, oneOf, type ShopSettings } from '../platform/settings/settings.ts';
import { createArrivalsConsumer } from './arrivals-consumer.ts';
import { decodeProduct, decodeUser } from './messages.ts';
import { createIntakeMetrics, type IntakeMetrics } from './metrics.ts';
import { createStoreProducts, createStoreUsers } from './store.ts';

const { products, users } = TOPICS;

export type IntakeConfig = Readonly<{ intake: Intake; intakeBatchMax: number }>;

const settings: ShopSettings<IntakeConfig> = {
  // Read by whoever plans which consumers a shop has; a process does what SHOP_ROLES says.
  intake: {
    variable: 'INTAKE',
    fallback: 'topics',
    meaning: `whether products and people come from outside: ${INTAKES.join(', ')}`,
    parse: oneOf(INTAKES),
  },
  intakeBatchMax: {
    variable: 'INTAKE_BATCH_MAX',
    fallback: '200',
    meaning: 'most products, and most people, of their topics in one transaction',
    parse: integer(1, 10_000),
  },
};

export const intakeFeature = {
  name: 'intake',
  settings,
  topics: [products, users],
  roles: [ROLES.productsConsumer, ROLES.usersConsumer],
  needsKafka: (_, roles) => roles.includes(products.consumedBy) || roles.includes(users.consumedBy),
  metrics: createIntakeMetrics,
  open({ config, log, clock, health, database, kafka }, metrics) {
    const deps = { kafka, prefix: config.kafkaPrefix, batchMax: config.intakeBatchMax, clock, metrics, log };
    function start(role: string, consumer: BatchConsumer): BatchConsumer {
      health.add(role, async () => consumer.check());
      consumer.start();
      return consumer;
    }
    return {
      roles: {
        [products.consumedBy]: () => {
          const store = createStoreProducts(database);
          const consumer = createArrivalsConsumer({ topic: products, decode: decodeProduct, store }, deps);
          return start(products.consumedBy, consumer);
        },
        [users.consumedBy]: () => {
          const store = createStoreUsers(database);
          const consumer = createArrivalsConsumer({ topic: users, decode: decodeUser, store }, deps);
          return start(users.consumedBy, consumer);
        },
      },
    };
  },
} satisfies Feature<ShopSettings<IntakeConfig>, IntakeMetrics>;
