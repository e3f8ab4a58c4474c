// A request that has ended, as the measures and whoever looks on are told of it.
import { endedMsOf, type RequestEnd, reportMeasured } from '../../engine/measuring/request-report.ts';
import type { HttpResult } from '../../engine/transport/http-client.ts';
import type { HttpFailure } from './http-failure.ts';
import type { VisitorsHttp } from './visitors-http.ts';

const GOOD: RequestEnd = { ok: true };

/** `failure` is null where it went well. */
export function reportRequest(
  { measures, deadlineMs, onEnded, routeOf }: VisitorsHttp,
  { name, method, url }: { name: string; method: string; url: URL },
  result: HttpResult,
  intendedMs: number,
  failure: HttpFailure | null,
): void {
  const end: RequestEnd =
    failure === null ? GOOD : { ok: false, failure: failure.kind, isUnknown: failure.isUnknown };
  reportMeasured(measures, { route: routeOf(name), intendedMs, deadlineMs, result }, end);
  onEnded?.({
    name,
    method,
    path: url.pathname + url.search,
    status: result.kind === 'answer' ? result.status : null,
    ms: endedMsOf(result) - (result.sentMs ?? intendedMs),
    failure,
  });
}
