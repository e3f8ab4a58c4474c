// What a rehearsal was for its shoppers: how many could buy, how long they waited. Figures are those of the measured span.
import { countOf, formatNumber, formatSeconds, formatSecondsUp, formatSpan } from '../../format/format.ts';
import type { LatencySummary, Metrics } from '../../record/result.ts';
import { latencyOf, plainValueOf } from '../metric-names.ts';
import { readStatistic } from '../quantile.ts';
import { recordsNeed } from '../recorded.ts';
import { actFigures, actsOf, actsSentence } from './acts.ts';

/** How the orders of the span ended; older records know only those that were confirmed. */
type Fates = {
  attempted: number;
  confirmed: number;
  rejected: number;
  /** Why they were rejected, in words, with their counts; the reason is not known of older records. */
  rejectedBecause: [words: string, count: number][];
  failed: number;
  unanswered: number;
};

function fatesOf(metrics: Metrics): Fates {
  const count = (fate: string) => plainValueOf(metrics, `orders.${fate}`)?.value;
  const [rejected, failed, unanswered] = ['rejected', 'failed', 'unanswered'].map((fate) => count(fate) ?? 0);
  const waited = latencyOf(metrics, 'order.confirmed');
  const confirmed = count('confirmed') ?? (waited === undefined ? 0 : waited.count - waited.censoredCount);
  const fates = { confirmed, rejected: rejected ?? 0, failed: failed ?? 0, unanswered: unanswered ?? 0 };
  const ended = Object.values(fates).reduce((sum, value) => sum + value, 0);
  const rejectedBecause = reasonsOf(fates.rejected, count('soldOut'), count('declined'));
  return { ...fates, rejectedBecause, attempted: count('attempted') ?? ended };
}

function reasonsOf(rejected: number, soldOut?: number, declined?: number): Fates['rejectedBecause'] {
  const reasons: Fates['rejectedBecause'] =
    soldOut === undefined || declined === undefined
      ? [['sold out or declined', rejected]]
      : [
          ['sold out', soldOut],
          ['payment declined', declined],
          ['refused for another reason', rejected - soldOut - declined],
        ];
  return reasons.filter(([, count]) => count > 0);
}

/** Whether the record tells what became of orders that were not confirmed. */
function areFatesKnown(metrics: Metrics): boolean {
  return plainValueOf(metrics, 'orders.rejected') !== undefined;
}

/** "every order was confirmed"; null where nobody ordered, nor asked for anything. */
export function ordersSentence(metrics: Metrics): string | null {
  if (!recordsNeed(metrics, 'orders')) return actsSentence(metrics) ?? requestsSentence(metrics);
  const { attempted, confirmed, rejectedBecause, failed, unanswered } = fatesOf(metrics);
  if (attempted === 0) return 'nobody ordered';
  if (!areFatesKnown(metrics)) return `${countOf(confirmed, 'order')} confirmed`;
  const others = [
    ...rejectedBecause.map(([words, count]) => `${formatNumber(count)} ${words}`),
    ...(failed > 0 ? [`${formatNumber(failed)} met an error`] : []),
    ...(unanswered > 0 ? [`${formatNumber(unanswered)} got no answer`] : []),
  ];
  if (others.length === 0) return 'every order was confirmed';
  const isAnswered = failed + unanswered === 0;
  return isAnswered
    ? `every order was answered: ${formatNumber(confirmed)} confirmed, ${others.join(', ')}`
    : `${formatNumber(confirmed)} of ${countOf(attempted, 'order')} were confirmed, ${others.join(', ')}`;
}

function requestsSentence(metrics: Metrics): string | null {
  const count = latencyOf(metrics, 'http.response')?.count ?? 0;
  if (count === 0) return null;
  const failedCount = Math.round((plainValueOf(metrics, 'http.failedRatio')?.value ?? 0) * count);
  return failedCount === 0
    ? 'every request was answered'
    : `${formatNumber(failedCount)} of ${countOf(count, 'request')} failed`;
}

/** The wait that a run is about: of its orders; where nobody was to order, for lists, or of its requests. */
export function waitOf(metrics: Metrics): LatencySummary | undefined {
  if (recordsNeed(metrics, 'orders')) return latencyOf(metrics, 'order.confirmed');
  return latencyOf(metrics, actsOf(metrics) === null ? 'http.response' : 'recommendation.shown');
}

/** "95 of 100 shoppers waited under 0.17 s", as far as the samples carry it; null where nobody waited. */
export function waitSentence(metrics: Metrics): string | null {
  const wait = waitOf(metrics);
  if (wait === undefined || wait.count === 0) return null;
  const [half, most] = [readStatistic(wait, 'p50'), readStatistic(wait, 'p95')];
  if (most.kind === 'value') return `95 of 100 shoppers waited under ${formatSecondsUp(most.ms)}`;
  if (most.kind === 'at-least') return `more than 5 of 100 shoppers waited over ${formatSeconds(most.ms)}`;
  if (half.kind === 'value') return `half of the shoppers waited under ${formatSecondsUp(half.ms)}`;
  return 'there were too few to speak of the wait';
}

/** A figure of the first screen: "Sold", "527 in 2 min", "≈ 15,810 an hour". */
export type ShopFigure = { label: string; value: string; note: string };

/** What was sold, what could not be bought, how long people waited; "books" and others are for the caller to add. */
export function shopFigures(
  metrics: Metrics,
  durationSeconds: number,
  /** Of the one item that everybody wanted, if there was one: nobody can sell so many an hour. */
  pieceCount?: number,
): ShopFigure[] {
  const sold = recordsNeed(metrics, 'orders')
    ? orderFigures(metrics, durationSeconds, pieceCount)
    : (actFigures(metrics, durationSeconds) ?? requestFigures(metrics, durationSeconds));
  const wait = waitOf(metrics);
  return wait === undefined || wait.count === 0 ? sold : [...sold, waitFigure(wait)];
}

function orderFigures(metrics: Metrics, durationSeconds: number, pieceCount?: number): ShopFigure[] {
  const { confirmed, rejected, rejectedBecause, failed, unanswered } = fatesOf(metrics);
  const perHour = plainValueOf(metrics, 'orders.perHour')?.value;
  // What nobody placed has no fate, and none is missing.
  const nobodyCame = !areFatesKnown(metrics) && (latencyOf(metrics, 'order.confirmed')?.count ?? 0) === 0;
  const isKnown = areFatesKnown(metrics) || nobodyCame;
  const hourText = perHour === undefined ? '' : `≈ ${formatNumber(Math.round(perHour))} an hour`;
  const parts = [
    ...rejectedBecause.map(([words, count]) => `${words} ${formatNumber(count)}`),
    ...(failed > 0 ? [`error ${formatNumber(failed)}`] : []),
    ...(unanswered > 0 ? [`no answer ${formatNumber(unanswered)}`] : []),
  ];
  return [
    {
      label: 'Sold',
      value: `${formatNumber(confirmed)} in ${formatSpan(durationSeconds)}`,
      note: pieceCount === undefined ? hourText : `of ${countOf(pieceCount, 'piece')} that all wanted`,
    },
    {
      label: 'Could not buy',
      value: isKnown ? formatNumber(rejected + failed + unanswered) : '–',
      note: nobodyCame
        ? 'nobody ordered'
        : isKnown
          ? parts.join(', ') || 'everybody who ordered got it'
          : 'not recorded',
    },
  ];
}

function requestFigures(metrics: Metrics, durationSeconds: number): ShopFigure[] {
  const count = latencyOf(metrics, 'http.response')?.count ?? 0;
  const failedRatio = plainValueOf(metrics, 'http.failedRatio')?.value ?? 0;
  return [
    {
      label: 'Asked',
      value: `${formatNumber(count)} in ${formatSpan(durationSeconds)}`,
      note: 'requests to the shop',
    },
    {
      label: 'Failed',
      value: formatNumber(Math.round(failedRatio * count)),
      note: 'requests, timeouts among them',
    },
  ];
}

function waitFigure(wait: LatencySummary): ShopFigure {
  const text = (statistic: 'p50' | 'p95' | 'max', format = formatSeconds) => {
    const reading = readStatistic(wait, statistic);
    if (reading.kind === 'too-few') return null;
    return reading.kind === 'at-least' ? `over ${formatSeconds(reading.ms)}` : format(reading.ms);
  };
  const [half, most, slowest] = [
    text('p50'),
    text('p95', (ms) => `under ${formatSecondsUp(ms)}`),
    text('max'),
  ];
  const notes = [
    ...(most === null ? [] : [`95 of 100 ${most}`]),
    ...(half === null ? [] : [`slowest ${slowest}`]),
  ];
  return {
    label: 'Waited',
    value: half === null ? `slowest ${slowest}` : `half ${half}`,
    note: notes.join(', '),
  };
}
