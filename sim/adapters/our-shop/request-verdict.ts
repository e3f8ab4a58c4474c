// What an HTTP result means: to the shopper, to the measures, and for the question whether an order was made.

import type { Measures } from '../../engine/measuring/measures.ts';
import { type RequestEnd, reportMeasured } from '../../engine/measuring/request-report.ts';
import type { HttpResult } from '../../engine/transport/http-client.ts';
import type { Shown, StepResult } from '../../shopper/state/steps.ts';
import type { OrderAttempt } from './attempts.ts';
import { ROUTES, type Route } from './routes.ts';

/**
 * The code of a 503 that promises that no order was made. Any other 5xx may have come after the effect, even the shop's
 * `temporarily-unavailable`: a connection that broke during a commit ends in it, too.
 */
const ORDER_NOT_PLACED = 'order-not-placed';

export const isSuccess = (result: HttpResult): boolean =>
  result.kind === 'answer' && result.status >= 200 && result.status < 300;

/** A no in the shop's own words, such as "sold out": an answer like any other, not a failure. */
const isShopsNo = (status: number): boolean => status === 409 || status === 422;

/** `code` of a problem answer, null when there is none. */
export function problemCode(result: HttpResult): string | null {
  if (result.kind !== 'answer') return null;
  const body = result.json();
  if (typeof body !== 'object' || body === null || !('code' in body)) return null;
  return typeof body.code === 'string' ? body.code : null;
}

/**
 * How the step that made these requests ended for the shopper: as the first of them that did not succeed. Bodies are read
 * when the shopper looks at what was shown, or to tell why the shop said no.
 */
export function stepResultOf(
  results: readonly HttpResult[],
  shown?: (bodies: readonly unknown[]) => Shown | null,
): StepResult {
  const result = results.find((candidate) => !isSuccess(candidate));
  if (result === undefined) {
    if (shown === undefined) return { outcome: 'ok' };
    const bodies = () => results.map((answer) => (answer.kind === 'answer' ? answer.json() : undefined));
    return { outcome: 'ok', shown: () => shown(bodies()) };
  }
  if (result.kind === 'answer' && (isShopsNo(result.status) || result.status === 404)) {
    return { outcome: 'refused', reason: problemCode(result) };
  }
  return { outcome: 'failed' };
}

/** Whether what was asked for (an order, an account) exists after this answer: `refused` only where it certainly does not. */
export function answerOf(result: HttpResult): OrderAttempt['answer'] {
  if (result.kind === 'no-answer') {
    // What never left this process has reached nobody.
    return result.reason === 'starved' && result.sentMs === null ? 'refused' : 'unknown';
  }
  if (isSuccess(result)) return 'accepted';
  if (result.status === 408) return 'unknown';
  if (result.status >= 400 && result.status < 500) return 'refused';
  return problemCode(result) === ORDER_NOT_PLACED ? 'refused' : 'unknown';
}

/** Reports one request to the measures. */
export function reportRequest(
  measures: Measures,
  request: { route: Route; intendedMs: number; deadlineMs: number; result: HttpResult },
): void {
  reportMeasured(measures, request, requestEndOf(request.route, request.result));
}

/** How many of these failures by kind are requests that the end of the run cut off. */
export function unfinishedCount(failures: Readonly<Record<string, number>>): number {
  return Object.entries(failures).reduce(
    (sum, [kind, count]) => (kind.startsWith('unfinished ') ? sum + count : sum),
    0,
  );
}

function requestEndOf(route: Route, result: HttpResult): RequestEnd {
  if (result.kind === 'no-answer') {
    return { ok: false, failure: `${result.reason} ${route.name}`, isUnknown: true };
  }
  const { status } = result;
  const isUndecided = route === ROUTES.order && status === 404;
  if (isSuccess(result) || isShopsNo(status) || isUndecided) return { ok: true };
  return { ok: false, failure: `${route.name} ${status}`, isUnknown: false };
}
