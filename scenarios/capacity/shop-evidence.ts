// Whether a limit was broken by the shop beyond anything that a late generator can have done. Where both cores are full the
// generator is late too, and its lateness alone must not hide that orders were refused, were not finished, or waited for seconds.
import type { CellResult, GeneratorHealth, ThresholdResult } from '../../reports/record/result.ts';
import { outcomeOf } from '../../reports/record/threshold-result.ts';

export type LateGenerator = Pick<GeneratorHealth, 'latenessMaxMs' | 'plannedCount' | 'droppedCount'>;

export type Evidence = {
  /** Requests of the span that were answered, refusals among them, or given up. */
  requestCount: number;
  failures: NonNullable<CellResult['failures']>;
  durationSeconds: number;
  generator: LateGenerator;
};

/** Sent late and read late: each at most as late as the latest start. */
const DELAYS_OF_AN_ORDER = 2;
/** "POST /orders 503": the shop answered so; what timed out may have waited in the generator. */
const ANSWERED = / \d{3}$/;

/** The missed limits that stay missed when everything the generator may have caused is taken off. */
export function brokenByShop(limits: readonly ThresholdResult[], evidence: Evidence): ThresholdResult[] {
  return limits.filter((limit) => outcomeOf(limit) === 'missed' && isShops(limit, evidence));
}

function isShops({ metric, unit, value, atMost, atLeast }: ThresholdResult, evidence: Evidence): boolean {
  if (value === null) return false;
  const delayMs = DELAYS_OF_AN_ORDER * evidence.generator.latenessMaxMs;
  if (unit === 'ms') return atMost !== undefined && value - delayMs > atMost;
  if (metric === 'http.failedRatio') return atMost !== undefined && refusedRatio(evidence) > atMost;
  if (metric === 'load.keptUpRatio')
    return atLeast !== undefined && value + unmade(evidence, delayMs) < atLeast;
  return false;
}

function refusedRatio({ failures, requestCount }: Evidence): number {
  const refused = Object.entries(failures).reduce(
    (sum, [kind, count]) => sum + (ANSWERED.test(kind) ? count : 0),
    0,
  );
  return requestCount === 0 ? 0 : refused / requestCount;
}

/** The share of the work that was not done because the generator had not asked for it, or had not yet read that it was done. */
function unmade({ durationSeconds, generator }: Evidence, delayMs: number): number {
  const { plannedCount, droppedCount } = generator;
  const dropped = plannedCount === 0 ? 1 : droppedCount / plannedCount;
  return dropped + delayMs / (durationSeconds * 1_000);
}
