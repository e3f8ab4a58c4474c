// What the requests of all visitors have in common: where they go, how they are measured, and the headers that name the run.
import type { Measures } from '../../engine/measuring/measures.ts';
import { type MeasuredRoute, measuredRoute } from '../../engine/measuring/request-report.ts';
import type { Timeline } from '../../engine/timing/timeline.ts';
import type { Connections } from './connections.ts';
import type { HttpFailure } from './http-failure.ts';

/** A request that has ended, for whoever looks on. */
export type EndedRequest = {
  name: string;
  method: string;
  path: string;
  status: number | null;
  ms: number;
  failure: HttpFailure | null;
};

export type VisitorDeps = {
  timeline: Timeline;
  /** The time of day, by which cookies expire. */
  wallMs: () => number;
  connections: Connections;
  measures: Measures;
  deadlineMs: number;
  graphqlPath: string;
  version: string;
  runId: string;
  /** 16 hexadecimal digits that no other process of the run has. */
  tracePrefix: string;
  onEnded?: (request: EndedRequest) => void;
};

/** What all visitors have in common. */
export type VisitorsHttp = VisitorDeps & {
  routeOf(name: string): MeasuredRoute;
  commonHeaders: readonly string[];
  nextTrace(): string;
  nextSpan(): string;
};

/** Prepares what all visitors have in common. */
export function createVisitorsHttp(deps: VisitorDeps): VisitorsHttp {
  const routes = new Map<string, MeasuredRoute>();
  let visitCount = 0;
  let requestCount = 0;
  const hex = (count: number): string => count.toString(16).padStart(16, '0');
  return {
    ...deps,
    routeOf(name) {
      const known = routes.get(name);
      if (known !== undefined) return known;
      const route = measuredRoute(name);
      routes.set(name, route);
      return route;
    },
    commonHeaders: ['user-agent', `Stampede/${deps.version}`, 'stampede-run', deps.runId],
    nextTrace: () => deps.tracePrefix + hex(++visitCount),
    nextSpan: () => hex(++requestCount),
  };
}
