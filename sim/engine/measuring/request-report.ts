// How one HTTP request stands in the measures, whatever shop it was sent to: which of its times may stand as a latency, and what is
// known of one that has none.
import type { HttpResult } from '../transport/http-client.ts';
import type { Measures } from './measures.ts';

/** The template names the metrics, never an id. */
export type MeasuredRoute = {
  /** As tables show it: `GET /products/:id`, or what an adapter calls it. */
  name: string;
  responseMetric: string;
  serviceMetric: string;
};

export type RequestEnd = Parameters<Measures['requestEnded']>[1];

/** A route of this name. */
export const measuredRoute = (name: string): MeasuredRoute => ({
  name,
  responseMetric: `http.response/${name}`,
  serviceMetric: `http.service/${name}`,
});

/** The shop could not serve: it answered for want of capacity or by a fault. */
const isOverload = (status: number): boolean => status >= 500 || status === 429 || status === 408;

/**
 * True when the time of this answer may stand as a latency. An answer for want of capacity (5xx, 429, 408) says only
 * that the user was not served: a fast 503 must not make an overloaded shop look fast, so it is censored.
 */
export const isServed = (result: HttpResult): boolean =>
  result.kind === 'answer' && !isOverload(result.status);

/** When the request ended, with an answer or without. */
export const endedMsOf = (result: HttpResult): number =>
  result.kind === 'answer' ? result.answeredMs : result.endedMs;

/**
 * What a request without a latency of its own waited at least: its deadline, also where it got a quick no for want of
 * capacity; but only the time that it did wait where the end of the run cut it off.
 */
export function atLeastMsOf(result: HttpResult, sinceMs: number, deadlineMs: number): number {
  const waitedMs = endedMsOf(result) - sinceMs;
  const isCutOff = result.kind === 'no-answer' && result.reason === 'unfinished';
  return isCutOff ? waitedMs : Math.max(deadlineMs, waitedMs);
}

/** Reports one request: response from `intendedMs`, service from the send, and how it ended for the adapter. */
export function reportMeasured(
  measures: Measures,
  request: { route: MeasuredRoute; intendedMs: number; deadlineMs: number; result: HttpResult },
  end: RequestEnd,
): void {
  const { route, intendedMs, deadlineMs, result } = request;
  if (result.kind === 'no-answer' && result.reason === 'starved') {
    measures.starved(result.lacked);
    return;
  }
  if (isServed(result)) {
    const responseMs = endedMsOf(result) - intendedMs;
    measures.sample('http.response', intendedMs, responseMs);
    measures.sample(route.responseMetric, intendedMs, responseMs);
  } else {
    const atLeastMs = atLeastMsOf(result, intendedMs, deadlineMs);
    measures.censored('http.response', intendedMs, atLeastMs);
    measures.censored(route.responseMetric, intendedMs, atLeastMs);
  }
  if (result.kind === 'answer') {
    measures.sample('http.service', intendedMs, result.answeredMs - result.sentMs);
    measures.sample(route.serviceMetric, intendedMs, result.answeredMs - result.sentMs);
  } else {
    // One that never left has no service time yet: nothing is known but that it is no less than nothing.
    const atLeastMs =
      result.reason === 'unfinished' ? result.endedMs - (result.sentMs ?? result.endedMs) : deadlineMs;
    measures.censored('http.service', intendedMs, atLeastMs);
    measures.censored(route.serviceMetric, intendedMs, atLeastMs);
  }
  measures.requestEnded(intendedMs, end);
}
