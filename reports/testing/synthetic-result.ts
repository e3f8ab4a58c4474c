// Manifest and result around synthetic seconds: what a scenario would have said of them.
import { isHigherBetter } from '../metrics/find-metric.ts';
import { toComparisonResult } from '../record/comparison-result.ts';
import type { Manifest } from '../record/manifest.ts';
import type {
  AuditFinding,
  ComparisonResult,
  GeneratorHealth,
  Metrics,
  RunResult,
  ThresholdResult,
  Verdict,
} from '../record/result.ts';
import { comparePairs } from '../statistics/paired-comparison.ts';

const CLAIMS: [rule: string, claim: string][] = [
  ['accepted-is-resolved', 'Every accepted order is confirmed or rejected, exactly once'],
  ['persisted-was-attempted', 'Every order in the database was placed by a shopper of this run'],
  ['no-oversell', 'No product was sold more often than it was in stock'],
  ['sums-are-right', "Every order's total is the sum of its lines and adjustments"],
  ['outcome-was-seen', 'Every outcome was seen by its shopper or can be asked for'],
];

/** Audit findings; with `broken`, the first rule has three violations. */
export function syntheticAudit(broken: boolean, checkedCount: number): AuditFinding[] {
  return CLAIMS.map(([rule, claim], index) => {
    const isBroken = broken && index === 0;
    const violations = isBroken
      ? [1, 2, 3].map(
          (n) =>
            `order 0197a3c2-11d4-7c3e-8a10-00000000000${n} was accepted at 20:03:1${n} and never resolved`,
        )
      : [];
    return { rule, claim, ok: !isBroken, checkedCount, violationCount: violations.length, violations };
  });
}

/** Health of the generator; below 99 % of the plan it is not ok. */
export function syntheticGenerator(plannedCount: number, startedCount: number): GeneratorHealth {
  const ratio = startedCount / Math.max(1, plannedCount);
  const ok = ratio >= 0.99;
  return {
    ok,
    reasons: ok
      ? []
      : [
          `the generator delivered ${startedCount.toLocaleString('en-US')} of ${plannedCount.toLocaleString('en-US')} sessions (${(ratio * 100).toFixed(1)} %; need ≥ 99 %)`,
        ],
    plannedCount,
    startedCount,
    droppedCount: plannedCount - startedCount,
    noFreePersonCount: 0,
    unknownCount: 2,
    latenessP50Ms: 0.18,
    latenessP99Ms: 1.32,
    littlesLaw: {
      meanOpenCount: 180,
      stepsPerSecond: 140,
      meanResponseMs: 12,
      meanThinkMs: 1_270,
      residualRatio: -0.0029,
      limitRatio: 0.02,
      holds: true,
    },
    latenessMaxMs: 6.1,
    eventLoopLagP99Ms: 2.4,
    cpuRatio: 0.31,
    stealMaxRatio: 0.03,
  };
}

/**
 * Four limits for a variant, and one on the time to recover where there was a fault; with `missed`, the one on order
 * confirmed p99 lies below what was measured.
 */
export function syntheticThresholds(variant: string, metrics: Metrics, missed: boolean): ThresholdResult[] {
  const read = (metric: string, statistic: 'p95' | 'p99' | 'value'): number | null => {
    const summary = metrics[metric];
    if (summary === undefined) return null;
    return (summary as Record<string, unknown>)[statistic] as number;
  };
  const p99 = read('order.confirmed', 'p99') ?? 0;
  const limits: Pick<ThresholdResult, 'name' | 'metric' | 'statistic' | 'unit' | 'atMost' | 'atLeast'>[] = [
    {
      name: 'order-confirmed-p99',
      metric: 'order.confirmed',
      statistic: 'p99',
      unit: 'ms',
      atMost: missed ? Math.round(p99 * 0.97) : 5000,
    },
    { name: 'http-response-p95', metric: 'http.response', statistic: 'p95', unit: 'ms', atMost: 500 },
    { name: 'failed-requests', metric: 'http.failedRatio', statistic: 'value', unit: 'ratio', atMost: 0.01 },
    {
      name: 'conversion',
      metric: 'sessions.conversionRatio',
      statistic: 'value',
      unit: 'ratio',
      atLeast: 0.018,
    },
    ...(metrics['fault.recoverySeconds']
      ? [
          {
            name: 'recovered-within',
            metric: 'fault.recoverySeconds',
            statistic: 'value',
            unit: 's',
            atMost: 30,
          },
        ]
      : []),
  ];
  return limits.map((limit) => {
    const value = read(limit.metric, limit.statistic as 'p95');
    const ok = value !== null && value <= (limit.atMost ?? Infinity) && value >= (limit.atLeast ?? -Infinity);
    return { ...limit, variant, value, ok, firstCrossedAtSecond: ok ? null : 190 };
  });
}

type CommonOfComparison = Pick<ComparisonResult, 'baseline' | 'candidate' | 'level'>;

/**
 * Comparisons of a candidate with its baseline over `n` pairs of blocks: two primary metrics that disagree, one
 * equivalent exploratory one, and one that is refused for a value of 0.
 */
export function syntheticComparisons(
  baseline: string,
  candidate: string,
  n: number,
  level: string | null = null,
): ComparisonResult[] {
  const about: CommonOfComparison = { baseline, candidate, level };
  const pairs = (metric: string, statistic: string, role: ComparisonResult['role'], logRatio: number) =>
    compared({ ...about, metric, statistic, role }, n, logRatio);
  return [
    pairs('http.response', 'p50', 'primary', Math.log(0.78)),
    pairs('order.confirmed', 'p50', 'primary', Math.log(1.31)),
    pairs('orders.perSecond', 'value', 'exploratory', Math.log(1.004)),
    pairs('order.confirmed', 'p99', 'exploratory', Number.NEGATIVE_INFINITY),
  ];
}

type Subject = CommonOfComparison & Pick<ComparisonResult, 'metric' | 'statistic' | 'role'>;

/** A true effect of `logRatio` seen through a noise of about 1.5 %, the same for the same number of pairs. */
function compared(subject: Subject, n: number, logRatio: number): ComparisonResult {
  const noise = (block: number) => 0.015 * Math.sqrt(2) * Math.sin(2.4 * (block + 1));
  const request = {
    baseline: Array.from({ length: n }, () => 10),
    candidate: Array.from({ length: n }, (_, block) => 10 * Math.exp(logRatio + noise(block))),
    marginRatio: 0.03,
    higherIsBetter: isHigherBetter(subject.metric),
  };
  return toComparisonResult(comparePairs(request), {
    ...subject,
    kind: 'paired',
    declared: subject.role === 'primary',
    request,
  });
}

/** `text` stands where users' words stand, to see that it is escaped. */
export function syntheticManifest(scenario: string, seed: number, startedAt: Date, text: string): Manifest {
  return {
    schemaVersion: 1,
    scenario,
    question: `Does the shop hold its busiest hour on this machine?${text}`,
    title: `Peak hour${text}`,
    effectiveScenario: {
      name: scenario,
      load: { sessionsPerSecond: 30 },
      thinkTimeCompression: 20,
      note: text,
    },
    overrides: ['load.sessionsPerSecond=30'],
    seed,
    replayCommand: `npm run scenario -- ${scenario} --seed ${seed} --set load.sessionsPerSecond=30`,
    startedAt: startedAt.toISOString(),
    commit: 'b8194fe2c1d04a7f9e33bb5a6c7d8e9f00112233',
    commitIsDirty: true,
    dataSet: {
      fingerprint: '9f31c7aa02',
      description: '20,000 people and a year of orders',
      peopleCount: 20_000,
      productCount: 2_000,
      history: { preset: 'korea', days: 365, orderCount: 41_250 },
    },
    machine: {
      platform: 'linux x64',
      cpuModel: 'AMD EPYC 7B13',
      coreCount: 2,
      memoryBytes: 8.3e9,
      nodeVersion: 'v24.21.0',
    },
    services: [
      {
        name: 'postgres',
        version: '18.4',
        origin: 'local',
        settings: { fsync: 'on', shared_buffers: '256MB', synchronous_commit: 'on' },
      },
      {
        name: 'redis',
        version: '8.0.2',
        origin: 'local',
        settings: { maxmemory: '256mb', 'maxmemory-policy': 'noeviction' },
      },
      {
        name: 'kafka',
        version: '4.3.1',
        origin: 'local',
        settings: { brokers: '1', acks: 'all', partitions: '6' },
      },
    ],
    notes: [
      'Think times are divided by 20; the arrival rate is that of the real hour.',
      `One broker with acks=all means the page cache of one machine.${text}`,
    ],
  };
}

/** The run's verdict in the words of `result.json`. */
export function syntheticResult(
  common: Pick<
    RunResult,
    | 'scenario'
    | 'seed'
    | 'startedAt'
    | 'finishedAt'
    | 'variants'
    | 'cells'
    | 'comparisons'
    | 'comparisonVerdicts'
    | 'thresholds'
  >,
  verdict: Verdict,
  text: string,
): RunResult {
  const perHour = Object.values(common.variants)[0]?.metrics['orders.perHour'];
  const rate =
    perHour !== undefined && 'value' in perHour ? Math.round(perHour.value).toLocaleString('en-US') : 'no';
  return {
    schemaVersion: 1,
    ...common,
    question: 'Does the shop hold its busiest hour on this machine?',
    answer: `At this rate the shop takes ${rate} orders an hour and confirms half of them within 40 ms.${text}`,
    commit: 'b8194fe2c1d04a7f9e33bb5a6c7d8e9f00112233',
    verdict,
    exitCode: { PASS: 0, FAIL: 1, AUDIT_FAILED: 2, INVALID: 2, UNDECIDED: 2 }[verdict],
  };
}
