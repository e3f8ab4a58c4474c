// A chart for each transport: how long a confirmed order took at every rate that was probed, a line for each number of API
// processes, and the limit across.

import type { CapacityProbe, CapacityResult, RunResult, ThresholdResult } from '../../record/result.ts';
import { apiProcessesText } from '../../words/capacity-words.ts';
import { statisticLabel } from '../../words/metric-names.ts';
import { limitText, thresholdValue } from '../../words/threshold-words.ts';
import type { CurveChart } from './page-data.ts';

/** None where the audit failed: then there is no performance result. */
export function capacityCharts(result: RunResult): CurveChart[] {
  if (result.capacity === undefined || result.verdict === 'AUDIT_FAILED') return [];
  const byTransport = Map.groupBy(result.capacity, ({ transport }) => transport);
  return [...byTransport].flatMap(([transport, own]) => {
    const limit = latencyLimit(own);
    if (limit === undefined) return [];
    const lines = own.flatMap((one) => lineOf(one, limit) ?? []);
    const rates = lines.flatMap((line) => line.rates);
    if (rates.length < 2 || limit.atMost === undefined) return [];
    const across = {
      label: `limit ${limitText(limit)}`,
      rates: [Math.min(...rates), Math.max(...rates)],
      values: [limit.atMost, limit.atMost],
      isLimit: true,
    };
    const title = `${statisticLabel(limit.metric, limit.statistic)} by rate: ${transport}`;
    return [
      {
        id: transport,
        title,
        unit: limit.unit,
        axisUnit: `${own[0]?.arrivals ?? ''}/s`,
        lines: [...lines, across],
      },
    ];
  });
}

/** The limit that is drawn: the first upper one on a latency. */
function latencyLimit(results: readonly CapacityResult[]): ThresholdResult | undefined {
  return results
    .flatMap(({ probes }) => probes.flatMap(({ limits }) => limits))
    .find(({ unit, atMost }) => unit === 'ms' && atMost !== undefined);
}

/** Of every rate the value of its longest probe; invalid probes are left out. */
function lineOf(
  { apiProcesses, probes }: CapacityResult,
  { name }: ThresholdResult,
): CurveChart['lines'][number] | null {
  const byRate = new Map<number, CapacityProbe>();
  for (const probe of probes) {
    const known = byRate.get(probe.perSecond);
    if (probe.verdict === 'invalid' || (known && known.durationSeconds > probe.durationSeconds)) continue;
    byRate.set(probe.perSecond, probe);
  }
  if (byRate.size === 0) return null;
  const rising = [...byRate.values()].sort((a, b) => a.perSecond - b.perSecond);
  const own = rising.map(({ limits }) => limits.find((limit) => limit.name === name));
  return {
    label: apiProcesses === 0 ? 'the shop' : apiProcessesText(apiProcesses),
    rates: rising.map(({ perSecond }) => perSecond),
    values: own.map((limit) => limit?.value ?? null),
    texts: own.map((limit) => (limit?.isAtLeast ? thresholdValue(limit) : null)),
    isLimit: false,
  };
}
