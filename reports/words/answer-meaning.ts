// What the shop's answer to an order means: behind a broker 202 says "taken in", without one 201 says "placed". Times that end
// with that answer are of two different things, and are never held against each other.
import { findMetric, splitRoute } from '../metrics/find-metric.ts';
import type { Metrics } from '../record/result.ts';
import { recordsNeed } from './recorded.ts';

const ROUTE_OF_ORDERS = 'POST /orders';

/** Whether a metric ends with the answer to an order, or is mixed with such times; other routes' times are not. */
export function endsWithAnswer(name: string): boolean {
  const { route } = splitRoute(name);
  const metric = findMetric(name);
  const isOfOrders = route === null || route === ROUTE_OF_ORDERS;
  return metric?.kind === 'latency' && metric.endsWithAnswer === true && isOfOrders;
}

/** Whether the answers of two variants mean different things: only with a broker in its path is recorded what waits in it. */
export function answersDiffer(a: Metrics, b: Metrics): boolean {
  return recordsNeed(a, 'broker') !== recordsNeed(b, 'broker');
}

/** Why such times are left out of a comparison. */
export const ANSWERS_DIFFER =
  'HTTP times are not compared between them: behind the broker the answer says “taken in” (202), without it “placed” (201).';
