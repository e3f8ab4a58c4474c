// The answer to "will the shop hold?", in the words of a shop.
import {
  countOf,
  formatQuantity,
  formatSeconds,
  formatSecondsUp,
  formatSpan,
} from '../../reports/format/format.ts';
import type { LatencySummary, Metrics, Verdict } from '../../reports/record/result.ts';
import { latencyOf, plainValueOf } from '../../reports/words/metric-names.ts';
import { readStatistic } from '../../reports/words/quantile.ts';
import { listOf } from './comparison-caveat.ts';
import { latenessText } from './lateness-answer.ts';

const wholeNumber = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

type Slice = {
  metrics: Metrics;
  /** Null where the rate is not that of an hour. */
  hour: number | null;
  /** How the orders went, in the words of the axes: "through Kafka"; empty where there is nothing to say. */
  ways: string;
  durationSeconds: number;
  /** Without an outcome by then an order counts as unanswered. */
  outcomeDeadlineMs: number;
};

type HoldsInput = Slice & {
  verdict: Verdict;
  /** What a failed audit means: "the shop lost, doubled or misreported orders". */
  auditFailed: string;
  /** False where nobody comes to place an order. */
  placesOrders: boolean;
  /** What was done to the shop on purpose, if anything. */
  fault?: string;
  /** Why its recovery cannot be told. */
  notRecoveredBecause?: string | null;
};

/**
 * Answers "will the shop hold?" from one variant's metrics, a line for each sentence: how many orders were confirmed in what
 * time, what that makes an hour, how long it took, and what could not be bought.
 */
export function holdsAnswer(input: HoldsInput): string {
  const { verdict, metrics, hour } = input;
  if (verdict === 'INVALID') {
    return 'No answer: the generator could not keep to its plan, so these figures describe the generator, not the shop.';
  }
  if (verdict === 'AUDIT_FAILED') {
    return `No: ${input.auditFailed} under this load; see the audit before any latency.`;
  }
  const confirmed = latencyOf(metrics, 'order.confirmed');
  const lateness = latenessText(metrics);
  if (lateness !== null) return `${heldWords(input)}: lists were later than 3 s for ${lateness}.`;
  if (confirmed === undefined && !input.placesOrders) return `${heldWords(input)}: ${requestWords(input)}.`;
  if (confirmed === undefined || confirmed.count === 0) {
    const slice = hour === null ? 'in this run' : `in this slice of the time ${spanText(hour)}`;
    return `No order was placed ${slice}: raise the rate or the duration to learn anything about orders.`;
  }
  return [
    `${heldWords(input)}: ${rateWords(input)}; ${feltWords(confirmed)}.`,
    ...lossWords(input),
    ...growthWords(metrics),
  ].join(' ');
}

function heldWords({ verdict, fault, metrics, notRecoveredBecause = null }: HoldsInput): string {
  if (fault !== undefined) return recoveryWords(fault, metrics['fault.recoverySeconds'], notRecoveredBecause);
  return verdict === 'PASS' || verdict === 'FAIL' || verdict === 'UNDECIDED' ? HELD[verdict] : verdict;
}

/** "4,100 requests were answered in 2 min, half of them within 0.02 s", of those who only look. */
function requestWords({ metrics, ways, durationSeconds }: Slice): string {
  const answered = latencyOf(metrics, 'http.response');
  const path = ways === '' ? '' : ` ${ways}`;
  const half = answered === undefined ? null : readStatistic(answered, 'p50');
  const felt = half?.kind === 'value' ? `, half of them within ${formatSecondsUp(half.ms)}` : '';
  return `${countOf(answered?.count ?? 0, 'request')} were made in ${formatSpan(durationSeconds)}${path}${felt}`;
}

const HELD = {
  PASS: 'Yes, the shop held',
  FAIL: 'No, the shop did not keep its limits',
  UNDECIDED: 'Not known, for too little was measured',
} as const;

const spanText = (hour: number): string => `between ${hour}:00 and ${(hour + 1) % 24}:00`;

/** "523 orders were confirmed in 2 min through Kafka, at this rate ≈ 15,690 an hour between 20:00 and 21:00". */
function rateWords({ metrics, hour, ways, durationSeconds }: Slice): string {
  const perHour = plainValueOf(metrics, 'orders.perHour')?.value ?? 0;
  const count = Math.round((perHour * durationSeconds) / 3_600);
  const path = ways === '' ? '' : ` ${ways}`;
  const were = `${countOf(count, 'order')} ${count === 1 ? 'was' : 'were'} confirmed`;
  return `${were} in ${formatSpan(durationSeconds)}${path}, at this rate ≈ ${wholeNumber.format(perHour)} an hour${hour === null ? '' : ` ${spanText(hour)}`}`;
}

/** "half of the shoppers knew within 0.02 s, 95 % within 0.07 s", as far as the samples carry it. */
function feltWords(confirmed: LatencySummary): string {
  const [half, most] = [readStatistic(confirmed, 'p50'), readStatistic(confirmed, 'p95')];
  if (half.kind === 'too-few')
    return `from ${countOf(confirmed.count, 'order')} nothing can be said of the wait`;
  const median =
    half.kind === 'value'
      ? `half of the shoppers knew within ${formatSecondsUp(half.ms)}`
      : `fewer than half of the shoppers knew within ${formatSeconds(half.ms)}`;
  switch (most.kind) {
    case 'value':
      return `${median}, 95 % within ${formatSecondsUp(most.ms)}`;
    case 'at-least':
      return `${median}, fewer than 95 % within ${formatSeconds(most.ms)}`;
    case 'too-few':
      return `${median}; ${countOf(most.count, 'order')} ${most.count === 1 ? 'is' : 'are'} too few to speak of 95 % (${most.neededCount} needed)`;
  }
}

/** What could not be bought, by what the shopper saw, and the share of requests that failed. */
function lossWords({ metrics, outcomeDeadlineMs }: Slice): string[] {
  const countIn = (fate: string) => plainValueOf(metrics, `orders.${fate}`)?.value ?? 0;
  const losses = [
    ...rejections(metrics),
    [countIn('failed'), 'refused with an error'],
    [countIn('unanswered'), `without an outcome within ${formatSeconds(outcomeDeadlineMs)}`],
  ] as const;
  const named = losses.flatMap(([count, words]) =>
    count === 0 ? [] : [`${wholeNumber.format(count)} ${count === 1 ? 'was' : 'were'} ${words}`],
  );
  const orders =
    named.length === 0
      ? []
      : [`Of the ${countOf(countIn('attempted'), 'order')} placed in it ${listOf(named)}.`];
  const failedRatio = plainValueOf(metrics, 'http.failedRatio')?.value ?? 0;
  return failedRatio === 0
    ? orders
    : [...orders, `${formatQuantity(failedRatio, 'ratio')} of all requests failed.`];
}

/** The orders that the shop said no to, by its reason; records without reasons have their sum. */
function rejections(metrics: Metrics): [count: number, words: string][] {
  const countOfFate = (fate: string) => plainValueOf(metrics, `orders.${fate}`)?.value;
  const [rejected = 0, soldOut, declined] = [
    countOfFate('rejected'),
    countOfFate('soldOut'),
    countOfFate('declined'),
  ];
  if (soldOut === undefined || declined === undefined)
    return [[rejected, 'rejected (sold out or payment declined)']];
  return [
    [soldOut, 'sold out'],
    [declined, 'declined at the payment'],
    [rejected - soldOut - declined, 'rejected for another reason'],
  ];
}

/** A sentence more where people were to sign up. */
function growthWords(metrics: Metrics): string[] {
  const planned = plainValueOf(metrics, 'signUps.planned');
  const confirmed = plainValueOf(metrics, 'signUps.confirmed');
  if (planned === undefined || confirmed === undefined) return [];
  const waited = latencyOf(metrics, 'signUp.confirmed');
  // A short run has too few sign-ups for a p95.
  const half = waited === undefined ? null : readStatistic(waited, 'p50');
  const felt = half?.kind === 'value' ? `, half of them within ${formatSecondsUp(half.ms)}` : '';
  return [
    `${wholeNumber.format(confirmed.value)} of ${countOf(planned.value, 'newcomer')} signed up${felt}.`,
  ];
}

function recoveryWords(fault: string, recovery: Metrics[string] | undefined, because: string | null): string {
  if (recovery === undefined || !('value' in recovery)) {
    const why = because === null ? '' : `: ${because}`;
    return `Nothing was lost, but as far as can be told the shop had not recovered when the run ended (${fault}${why})`;
  }
  return `Nothing was lost (${fault}), and the shop was itself again after ${recovery.value.toFixed(0)} s`;
}
