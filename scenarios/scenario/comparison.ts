// What a comparison is: variants side by side, at levels of load that may be multiples of what one of them sustains.
import Type, { type Static } from 'typebox';
import { Amount, Count, FIXED } from './fields.ts';
import { Threshold } from './threshold.ts';

/** A figure of a run that is compared: a metric and one of its statistics; the catalogue knows which way it is better. */
export const ComparedMetric = Type.Object(
  {
    metric: Type.String(),
    statistic: Threshold.properties.statistic,
  },
  { additionalProperties: false },
);
export type ComparedMetric = Static<typeof ComparedMetric>;

/** Levels as multiples of the rate that one variant sustains, so that a comparison means the same on any machine. */
const OfCapacity = Type.Object(
  {
    /** The variant whose capacity it is, and what makes it: it need not be among those that are compared. */
    variant: Type.String(),
    set: Type.Array(Type.String()),
    /** By level: its rate (outside of a burst) over the capacity; a level that is not named keeps its own rate. */
    levels: Type.Record(Type.String(), Amount(0.01, 100, 'of the capacity')),
    /** Further rates over the capacity that are run for the curve only, and what they set beside it. */
    curve: Type.Array(Amount(0.01, 100, 'of the capacity')),
    /** In how many of the blocks, from the first on; left out: in all. */
    curveBlocks: Type.Optional(Count(1, 200, 'blocks')),
    curveSet: Type.Array(Type.String()),
    /** A crowd has so many people that each order finds one free while orders take this long. */
    crowdSeconds: Amount(0.1, 60, 'how long an order may take'),
    /** What is planned with until the capacity is known. */
    expectedPerSecond: Amount(0.1, 20_000, 'arrivals a second'),
    /** The short search for it: where it begins and ends, how exact it is, and the limits that a rate must keep. */
    search: Type.Object({
      set: Type.Array(Type.String()),
      startPerSecond: Amount(0.1, 20_000, 'rate of the first probe'),
      leastPerSecond: Amount(0.1, 20_000, 'rate below which the search gives up'),
      growthFactor: Amount(1.1, 10, 'from one rate to the next'),
      toleranceRatio: Amount(0.01, 0.5, 'how far the first failed rate may lie above'),
      probeSeconds: Count(2, 600, 'measured span of a short probe'),
      confirmSeconds: Count(2, 3_600, 'measured span of a confirming probe'),
      maxProbes: Count(4, 60, 'probes'),
      thresholds: Type.Record(Type.String(), Threshold),
    }),
  },
  { additionalProperties: false },
);

/**
 * Rounds of these variants that nobody measures, until the median wait of each is steady from one round to the next, or there
 * were so many. Their level is called `warm-up` in `ofCapacity`.
 */
const UnmeasuredRuns = Type.Object(
  {
    variants: Type.Array(Type.String()),
    set: Type.Array(Type.String()),
    mostRounds: Count(1, 20, 'rounds'),
    steadyRatio: Amount(0.001, 1, 'a change of the median from round to round that is none'),
  },
  { additionalProperties: false },
);

/** Single runs after the blocks, one of each variant, in which a fault strikes; they are compared with nothing. */
const Strike = Type.Object(
  {
    /** One of those that the scenario's target offers. */
    fault: Type.String(),
    atRatio: Amount(0, 0.99, 'share of the measured span at which it strikes'),
    /** Left out: the first. */
    level: Type.Optional(Type.String()),
    /** Left out: all. */
    variants: Type.Optional(Type.Array(Type.String(), { minItems: 1 })),
    /** What it sets beside the level: without a name no time of it is published, so the generator may be disturbed. */
    set: Type.Optional(Type.Array(Type.String())),
    /** Of one variant's run: a variant of its own, with all its figures. Left out: only what became of its orders is told. */
    name: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
);

/** Variants under test, each a list of `path=value` assignments to the scenario, run side by side in blocks. */
export const Comparison = Type.Object(
  {
    variants: Type.Record(Type.String(), Type.Array(Type.String())),
    /** Levels of load, assignments too; every variant runs at each. */
    levels: Type.Record(Type.String(), Type.Array(Type.String())),
    /** Baseline and candidate of each comparison. */
    pairs: Type.Array(
      Type.Object({ baseline: Type.String(), candidate: Type.String(), tells: Type.String() }),
    ),
    /** Whose capacity the rates of levels are multiples of; left out: each level's rate is its own. */
    ofCapacity: Type.Optional(OfCapacity),
    capacityPerSecond: Type.Optional(
      Amount(
        0,
        20_000,
        'arrivals a second that levels are multiples of; 0 = searched for when the run begins',
      ),
    ),
    /** Single runs that nobody measures, before the first block. */
    warmUp: Type.Optional(UnmeasuredRuns),
    strikes: Type.Optional(Type.Array(Strike, FIXED)),
    blocks: Type.Integer({
      minimum: 1,
      maximum: 200,
      description: 'blocks; each runs every variant once at every level',
      ...FIXED,
    }),
    /** What `--quick` runs instead: fewer levels, fewer blocks, shorter cells. */
    quick: Type.Object({
      levels: Type.Array(Type.String()),
      /** Left out: all. */
      variants: Type.Optional(Type.Array(Type.String())),
      blocks: Count(1, 200, 'blocks of a quick run'),
      set: Type.Array(Type.String()),
    }),
    primary: Type.Array(ComparedMetric, { minItems: 1, maxItems: 2 }),
    exploratory: Type.Array(ComparedMetric),
    marginRatio: Amount(0, 0.99, 'changes smaller than this do not matter'),
    /** SD of the paired log-ratio of the primary metric that the duration was planned with. */
    expectedSd: Type.Number({
      minimum: 0.001,
      maximum: 1,
      description: 'run-to-run noise of the primary metric, per pair',
      ...FIXED,
    }),
    /** Pairs below which no verdict is given; 3 unless told. Two are enough where the effect is many times the noise. */
    fewestPairs: Type.Optional(Type.Integer({ minimum: 2, maximum: 200, ...FIXED })),
    /** What a reader must know of what the figures of all sides rest on, a sentence each. */
    restsOn: Type.Array(Type.String(), FIXED),
    /** What a reader may want to conclude and this comparison did not try, besides other loads and machines: "several brokers". */
    notTested: Type.Optional(Type.Array(Type.String(), FIXED)),
    /** True: a candidate that is worse beyond the margin fails the run. False: the scenario only asks. */
    declared: Type.Boolean(),
  },
  { additionalProperties: false },
);
export type Comparison = Static<typeof Comparison>;
export type Strike = Static<typeof Strike>;
export type OfCapacity = Static<typeof OfCapacity>;
