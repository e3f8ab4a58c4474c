// A metric by the name it has in a result. Records keep the names of their time, so a name that no metric has is no mistake.
import { METRICS, type ValueName } from './catalogue.ts';
import type { Better, LatencyMetric, Metric } from './metric.ts';

/** `http.response/GET /cart` → `http.response` and `GET /cart`; null for a metric that is of no route. */
export function splitRoute(name: string): { base: string; route: string | null } {
  const slash = name.indexOf('/');
  return slash === -1
    ? { base: name, route: null }
    : { base: name.slice(0, slash), route: name.slice(slash + 1) };
}

/** The metric of a name, with or without a route; undefined for names of other times. */
export function findMetric(name: string, catalogue: readonly Metric[] = METRICS): Metric | undefined {
  const { base } = splitRoute(name);
  return catalogue.find((metric) => metric.name === base);
}

/** `neither` for names of other times. */
export function betterOf(name: string, catalogue: readonly Metric[] = METRICS): Better {
  return findMetric(name, catalogue)?.better ?? 'neither';
}

/** For what judges one way or the other: true only where higher values are better. */
export function isHigherBetter(name: string, catalogue: readonly Metric[] = METRICS): boolean {
  return betterOf(name, catalogue) === 'higher';
}

/** Whether a metric is a part of another's time. */
export function isStage(name: string, catalogue: readonly Metric[] = METRICS): boolean {
  const metric = findMetric(name, catalogue);
  return metric?.kind === 'latency' && metric.stage !== undefined;
}

/** The stages of a metric's time, in their order. */
export function stagesOfMetric(name: string): LatencyMetric[] {
  return METRICS.filter((metric) => metric.kind === 'latency').filter(({ stage }) => stage?.of === name);
}

/** Of which spans the page can tell a latency metric or a route of it; `never` for other values and names of other times. */
export function liveOf(name: string, catalogue: readonly Metric[] = METRICS): LatencyMetric['live'] {
  const metric = findMetric(name, catalogue);
  return metric?.kind === 'latency' ? metric.live : 'never';
}

/** Whether it is a single route of a metric whose routes the page has of few single runs only. */
export function isRouteOfFewRuns(name: string): boolean {
  const metric = findMetric(name);
  return metric?.kind === 'latency' && metric.name !== name && metric.routesOnPage === 'of-few-runs';
}

/** Whether a metric stands among the curves by percentile; single routes do not. */
export function hasCurve(name: string, catalogue: readonly Metric[] = METRICS): boolean {
  const metric = findMetric(name, catalogue);
  return metric?.kind === 'latency' && metric.name === name && metric.curve !== undefined;
}

/** A plain value of a run under its name and in its unit. */
export function plainValue(name: ValueName, value: number): Record<string, { unit: string; value: number }> {
  return { [name]: { unit: findMetric(name)?.unit ?? '', value } };
}
