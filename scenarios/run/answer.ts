// The one sentence that answers the scenario's question, in the words of a shop.
import { formatPercent } from '../../reports/format.ts';
import { statisticLabel } from '../../reports/metric-names.ts';
import type { ComparisonResult, Metrics, Verdict } from '../../reports/record/result.ts';
import { effectText, meansText, primarySubjects } from '../../reports/verdict-words.ts';
import type { Comparison } from '../scenario.ts';

const wholeNumber = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** Milliseconds as a shopper would feel them: below a second in ms, above in seconds. */
export function feltDuration(ms: number): string {
  return ms < 1_000 ? `${wholeNumber.format(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

/**
 * Answers "will the shop hold?" from one variant's metrics. Rates are those of the measured slice, so an hour's figure
 * says "at this rate".
 */
export function answerOf(input: {
  verdict: Verdict;
  metrics: Metrics;
  hour: number;
  transport: string;
  /** What was done to the shop on purpose, if anything. */
  fault?: string;
  /** Why its recovery cannot be told. */
  notRecoveredBecause?: string | null;
}): string {
  const { verdict, metrics, hour, transport, fault } = input;
  const span = `${hour}:00 and ${(hour + 1) % 24}:00`;
  if (verdict === 'INVALID') {
    return 'No answer: the generator could not keep to its plan, so these figures describe the generator, not the shop.';
  }
  if (verdict === 'AUDIT_FAILED') {
    return 'No: the shop lost, doubled or misreported orders under this load; see the audit before any latency.';
  }
  const confirmed = metrics['order.confirmed'];
  const perHour = metrics['orders.perHour'];
  const path = transport === 'kafka' ? 'through Kafka' : 'without a broker';
  if (confirmed === undefined || !('p95' in confirmed) || confirmed.count === 0 || perHour === undefined) {
    return `No order was placed in this slice of the time between ${span}: raise the rate or the duration to learn anything about orders.`;
  }
  const rate = 'value' in perHour ? wholeNumber.format(perHour.value) : '0';
  const felt = `half of the shoppers saw their order confirmed within ${feltDuration(confirmed.p50)}, 95 % within ${feltDuration(confirmed.p95)}`;
  const held =
    fault === undefined
      ? verdict === 'PASS'
        ? 'Yes, the shop held'
        : 'Not within its limits'
      : recoveryWords(fault, metrics['fault.recoverySeconds'], input.notRecoveredBecause ?? null);
  return `${held}: at this rate ${rate} orders an hour are confirmed ${path} between ${span}; ${felt}.${growthWords(metrics)}`;
}

/** A sentence more where people were to sign up. */
function growthWords(metrics: Metrics): string {
  const planned = metrics['signUps.planned'];
  const confirmed = metrics['signUps.confirmed'];
  const waited = metrics['signUp.confirmed'];
  if (planned === undefined || !('value' in planned) || confirmed === undefined || !('value' in confirmed)) {
    return '';
  }
  // A short run has too few sign-ups for a p95.
  const felt =
    waited !== undefined && 'p50' in waited ? `, half of them within ${feltDuration(waited.p50)}` : '';
  return ` ${wholeNumber.format(confirmed.value)} of ${wholeNumber.format(planned.value)} newcomers signed up${felt}.`;
}

function recoveryWords(fault: string, recovery: Metrics[string] | undefined, because: string | null): string {
  if (recovery === undefined || !('value' in recovery)) {
    const why = because === null ? '' : `: ${because}`;
    return `Nothing was lost, but as far as can be told the shop had not recovered when the run ended (${fault}${why})`;
  }
  return `Nothing was lost (${fault}), and the shop was itself again after ${recovery.value.toFixed(0)} s`;
}

/**
 * Answers a comparison, a line for each sentence: for every declared pair what it tells, at each level, with effect, interval
 * and the sides' means, and what "confirmed" rests on. Only the primary metrics speak. Comparisons with a baseline are given
 * where the scenario has no others.
 */
export function comparisonAnswer(
  verdict: Verdict,
  comparison: Comparison,
  results: readonly ComparisonResult[],
): string {
  if (verdict === 'INVALID') {
    return 'No answer: the generator could not keep to its plan, so these figures describe the generator, not the shop.';
  }
  if (verdict === 'AUDIT_FAILED') {
    return 'No answer: the shop lost, doubled or misreported orders; see the audit before any latency.';
  }
  const primaries = results.filter(({ role }) => role === 'primary');
  if (primaries.length === 0) {
    return 'No answer yet: there was nothing to compare with. Keep this run with `npm run baseline -- save NAME`, then rehearse the new shop with `--baseline NAME`.';
  }
  const paired = primaries.filter(({ kind }) => kind === 'paired');
  return [
    ...primaries.filter(({ kind }) => kind === 'separate').map(baselineSentence),
    ...comparison.pairs.flatMap((pair) => pairSentence(pair, paired)),
    ...howMeasured(paired),
    'Confirmed means committed to PostgreSQL with fsync on every side; Kafka’s 202 rests on one broker’s page cache.',
  ].join('\n');
}

function baselineSentence({ metric, statistic, candidate, verdict, sentence }: ComparisonResult): string {
  const subject = statisticLabel(metric, statistic);
  return `${subject} of ${candidate} against the baseline: ${verdict}, ${sentence.replace(/\.$/, '')}.`;
}

/** "Kafka as a whole (kafka against direct) at light: SLOWER +89.1 % [+26.0, +184.7], 4.6 ms → 8.7 ms; at near: …" */
function pairSentence(
  { baseline, candidate, tells }: Comparison['pairs'][number],
  paired: readonly ComparisonResult[],
): string[] {
  const own = paired.filter((result) => result.baseline === baseline && result.candidate === candidate);
  if (own.length === 0) return [];
  const areSeveral = primarySubjects(paired).length > 1;
  const parts = own.map((result) => {
    const subject = areSeveral ? `${statisticLabel(result.metric, result.statistic)} ` : '';
    const where = result.level === null ? ': ' : ` at ${result.level}: `;
    const means = meansText(result);
    const found =
      result.outcome === 'refused'
        ? `no verdict (${result.footnote})`
        : `${result.verdict} ${effectText(result)}${means === '' ? '' : `, ${means}`}`;
    return `${where}${subject}${found}`;
  });
  const name = `${tells.charAt(0).toUpperCase()}${tells.slice(1)}`;
  return [`${name} (${candidate} against ${baseline})${parts.join(';')}.`];
}

function howMeasured(paired: readonly ComparisonResult[]): string[] {
  const [first] = paired;
  if (first === undefined) return [];
  const { confidence, marginRatio } = first;
  const blocks = Math.max(...paired.map(({ n }) => n));
  const unsettled = paired.some(({ judgement }) => judgement === 'unsettled')
    ? '; INCONCLUSIVE does not mean no change'
    : '';
  return [
    `Measured: ${primarySubjects(paired).join(' and ')} over ${blocks} blocks, ${formatPercent(confidence)} intervals, margin ±${formatPercent(marginRatio)}${unsettled}.`,
  ];
}
