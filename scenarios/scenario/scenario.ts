// What a scenario is: plain data that asks one question. Each field says its unit in its name and its allowed range in
// the schema, so that an override from the command line is checked exactly like the file.
import Type, { type Static } from 'typebox';
import { SCHEDULINGS } from '../../deploy/local/programs/scheduling.ts';
import { MOST_DAYS } from '../../sim/history/year/settings.ts';
import { PRESET_NAMES } from '../../sim/model/presets.ts';
import { axisSettings } from './axes.ts';
import { Comparison } from './comparison.ts';
import { Fault } from './fault.ts';
import { Amount, Count, FIXED } from './fields.ts';
import { Growth, Load } from './load.ts';
import { Threshold } from './threshold.ts';
import { YourShop } from './your-shop.ts';

export { ComparedMetric, Comparison } from './comparison.ts';
export { Fault } from './fault.ts';
export { Threshold } from './threshold.ts';

/** The search for the highest rate of arrivals that keeps the limits, for each variant and number of API processes. */
export const Capacity = Type.Object(
  {
    /** What may be searched, each a list of `path=value` assignments to the scenario. */
    variants: Type.Record(Type.String(), Type.Array(Type.String())),
    searched: Type.Array(Type.String(), { minItems: 1, description: 'variants searched, by their names' }),
    apiProcesses: Type.Array(Count(1, 16, 'API processes'), {
      minItems: 1,
      description:
        'numbers of API processes searched; those that the machine has too few cores for are skipped',
    }),
    startPerSecond: Amount(0.1, 20_000, 'rate of the first probe'),
    leastPerSecond: Amount(0.1, 20_000, 'rate below which the search gives up'),
    growthFactor: Amount(1.1, 10, 'from one rate to the next until a probe fails'),
    toleranceRatio: Amount(0.01, 0.5, 'how far the first failed rate may lie above the confirmed one'),
    probeSeconds: Count(2, 600, 'measured span of a short probe'),
    confirmSeconds: Count(2, 3_600, 'measured span of a confirming probe'),
    maxProbes: Count(4, 60, 'probes for each variant and number of API processes'),
    /** Thresholds of the scenario that a rate must keep. */
    keeps: Type.Array(Type.String(), { minItems: 1 }),
    /** What `--quick` sets instead. */
    quick: Type.Array(Type.String(), FIXED),
  },
  { additionalProperties: false },
);
export type Capacity = Static<typeof Capacity>;

/** Reads that are replayed through models of every cache policy before anything is started, beside what theory expects. */
export const CacheReplay = Type.Object(
  {
    sizes: Type.Array(Count(1, 1_000_000, 'entries'), { minItems: 1, description: 'sizes of the caches' }),
    readsPerSecond: Amount(1, 1e6, 'reads a second'),
    writesPerRead: Amount(0, 10, 'changes of price or stock for each read of a product'),
    loadMs: Amount(0, 60_000, 'how long a load takes'),
    reads: Count(1_000, 10_000_000, 'reads counted of each replay'),
  },
  { additionalProperties: false },
);
export type CacheReplay = Static<typeof CacheReplay>;

/** Everybody who comes for an order wants the same item: the one in stock whose pieces are nearest to so many. */
export const LastUnits = Type.Object(
  { pieceCount: Count(1, 1_000, 'pieces that the wanted item has left, as nearly as any has') },
  { additionalProperties: false },
);

/** Whether it holds under its load, which variant is better, or how much it carries. */
const ANSWERS = ['holds', 'which-is-better', 'how-much'] as const;

export const Scenario = Type.Object(
  {
    name: Type.String(FIXED),
    title: Type.String(FIXED),
    question: Type.String(FIXED),
    /** What kind of answer its question has. */
    answer: Type.Enum(ANSWERS, FIXED),
    /** The name of its one variant where it compares none; `{orders.transport}` stands for that setting. */
    variant: Type.String(FIXED),
    /** What it is rehearsed against: a name out of scenarios/targets/targets.ts. */
    target: Type.String(FIXED),
    /** Somebody's own shop, where the target is one. */
    yourShop: Type.Optional(YourShop),
    data: Type.Object(
      {
        preset: Type.Enum(PRESET_NAMES, {
          description: `the shop whose past it is: ${PRESET_NAMES.join(', ')}`,
        }),
        days: Count(1, MOST_DAYS, 'days of history before the shop’s clock starts'),
        seed: Count(0, 2 ** 31 - 1, 'seed of the people, the catalogue and the history'),
        people: Count(1_000, 1_000_000, 'people registered with the shop when its clock starts'),
        products: Count(100, 500_000, 'products in the catalogue'),
        asOf: Type.String({
          pattern: '^\\d{4}-\\d{2}-\\d{2}$',
          description: 'day (Asia/Seoul) that the shop’s clock shows, as YYYY-MM-DD',
        }),
      },
      { additionalProperties: false },
    ),
    shop: Type.Object(
      {
        hour: Count(0, 23, 'hour (Asia/Seoul) at which the shop’s clock starts'),
        apiProcesses: Count(1, 16, 'API processes that share the load'),
        balancer: Type.Optional(
          Type.Enum(['none', 'nginx'], {
            description:
              'what stands before the API processes: nginx (least connections), or none, if left out: shoppers take them in turn',
          }),
        ),
        databaseConnections: Count(2, 150, 'connections to PostgreSQL of all shop processes together'),
        ordersBatchMax: Count(1, 1_000, 'largest batch of orders in one transaction'),
        plantedOrderDelayMs: Count(
          0,
          10_000,
          'ms that every payment takes longer, planted to see whether the measurement notices; 0 = none',
        ),
        plantedPushLoss: Count(
          0,
          1,
          'planted, too: 1 = a process that a fault killed comes back without pushing any outcome',
        ),
      },
      { additionalProperties: false },
    ),
    ...axisSettings,
    load: Load,
    /** People who sign up through the shop's API during the measured span, and go shopping at once. */
    growth: Growth,
    /** Beyond these the latencies describe the generator instead of the shop, and the run is INVALID. */
    generator: Type.Object(
      {
        startedRatioAtLeast: Amount(0, 1, 'share of the planned starts that must have been made'),
        latenessP99MsAtMost: Amount(0, 60_000, 'how late a start or step may be'),
        eventLoopLagP99MsAtMost: Amount(0, 60_000, 'how long the generator’s event loop may be held up'),
        cpuRatioAtMost: Amount(0, 1, 'of one core, above which its single thread queues its own work'),
        count: Type.Optional(
          Count(1, 32, 'processes that divide the plan among them, by person; 1 if left out'),
        ),
        kafka: Type.Optional(
          Type.String({
            minLength: 1,
            description:
              'brokers over which they join from other machines, HOST:PORT,… or “stack” for those of the rehearsal; if left out they are processes of this machine',
          }),
        ),
        joinSeconds: Type.Optional(Count(5, 86_400, 'how long they are waited for; 600 if left out')),
        scheduling: Type.Optional(
          Type.Enum(SCHEDULINGS, {
            description:
              'its turn on the processor, where the machine allows it: nice (if left out), real-time (chrt), own-core (taskset)',
          }),
        ),
      },
      { additionalProperties: false },
    ),
    thresholds: Type.Record(Type.String(), Threshold),
    comparison: Type.Optional(Comparison),
    capacity: Type.Optional(Capacity),
    cacheReplay: Type.Optional(CacheReplay),
    lastUnits: Type.Optional(LastUnits),
    fault: Type.Optional(Fault),
  },
  { additionalProperties: false },
);
export type Scenario = Static<typeof Scenario>;
