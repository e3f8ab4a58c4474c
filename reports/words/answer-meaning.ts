// What the shop's answer to an order means: behind a broker 202 says "taken in", without one 201 says "placed". Times that end
// with that answer are of two different things, and are never held against each other.
import type { Metrics } from '../record/result.ts';

/** `stage.http` ends where the order is taken in, or where its placing begins. */
const ENDS_WITH_ANSWER = /^(http\.(response|service)(\/POST \/orders)?|order\.accepted|stage\.http)$/;

/** Whether a metric ends with the answer to an order, or is mixed with such times. */
export function endsWithAnswer(metric: string): boolean {
  return ENDS_WITH_ANSWER.test(metric);
}

/** Only runs with a broker in the path of an order record what waits in it. */
function hasBroker(metrics: Metrics): boolean {
  return 'kafka.lag' in metrics || 'stage.broker' in metrics;
}

/** Whether the answers of two variants mean different things. */
export function answersDiffer(a: Metrics, b: Metrics): boolean {
  return hasBroker(a) !== hasBroker(b);
}

/** Why such times are left out of a comparison. */
export const ANSWERS_DIFFER =
  'HTTP times are not compared between them: behind the broker the answer says “taken in” (202), without it “placed” (201).';
