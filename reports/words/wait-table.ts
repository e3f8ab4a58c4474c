// The one table of a comparison's first screen: how long a typical and a slow order waited under each variant at each load, with
// the verdict's word in the cell; and, made alike, what was paid for it. A page shows it; every pair stands in answer-table.ts.
import { formatPercent, formatQuantity } from '../format/format.ts';
import { findMetric } from '../metrics/find-metric.ts';
import type { ComparisonResult, RunResult } from '../record/result.ts';
import { changeText, comparisonWord } from './comparison-words.ts';
import { loadOfLevel } from './level-load.ts';
import { statisticLabel } from './metric-names.ts';

export type WaitCell = {
  /** "10.8 ms"; empty where no mean was kept. */
  value: string;
  /** Against the variant that all are held against; null for that variant itself. */
  verdict: { word: string; change: string; judgement: ComparisonResult['judgement'] } | null;
};
export type WaitColumn = { variant: string; what: string };
export type WaitTable = {
  columns: WaitColumn[];
  /** `load` is what came at the level, empty where no capacity is known. */
  rows: { place: string; load: string; cells: (WaitCell | null)[] }[];
  caption: string;
};

type Compared = Pick<RunResult, 'comparisons' | 'verdict' | 'levels' | 'ofCapacity'>;

/** With more columns than these a row is one metric at one level. */
const MAX_COLUMNS = 6;

/** Waits of typical and slow; null where nothing was compared, or an invalid run or a failed audit withholds it. */
export function waitTable(result: Compared): WaitTable | null {
  const decides = primarySubjects(result);
  return tableOf(result, ({ metric, statistic, role }) => {
    const isSlow = statistic === 'p95' && decides.has(metric) && findMetric(metric)?.kind === 'latency';
    return role === 'primary' || isSlow;
  });
}

/** CPU, memory and the like; null where the scenario compares none of it. */
export function paidTable(result: Compared): WaitTable | null {
  return tableOf(result, ({ metric, role }) => role !== 'primary' && isPaid(metric));
}

/** Whether a metric is what the shop pays for its waits. */
export function isPaid(metric: string): boolean {
  return findMetric(metric)?.isPaid === true;
}

/** Whether a comparison is one of those that a reader sees at once: what decides, slow waits, and what is paid. */
export function isForeground(comparison: ComparisonResult, all: readonly ComparisonResult[]): boolean {
  const { metric, statistic, role } = comparison;
  const decides = primarySubjects({ comparisons: [...all] });
  return role === 'primary' || isPaid(metric) || (statistic === 'p95' && decides.has(metric));
}

function primarySubjects({ comparisons }: Pick<RunResult, 'comparisons'>): Set<string> {
  return new Set(comparisons.filter(({ role }) => role === 'primary').map(({ metric }) => metric));
}

function tableOf(result: Compared, isShown: (comparison: ComparisonResult) => boolean): WaitTable | null {
  const { verdict, comparisons } = result;
  const shown = comparisons.filter(isShown);
  const [first] = shown;
  if (first === undefined || verdict === 'INVALID' || verdict === 'AUDIT_FAILED') return null;
  const variants = [...new Set(shown.flatMap((one) => [baselineOf(one), one.candidate]))];
  const subjects = [...new Map(shown.map((one) => [subjectKey(one), one])).values()];
  const levels = [...new Set(shown.map(({ level }) => level))];
  const reference = baselineOf(first);
  const cell = (variant: string, subject: ComparisonResult, level: string | null) =>
    cellOf(
      shown.filter((one) => subjectKey(one) === subjectKey(subject) && one.level === level),
      variant,
      reference,
    );
  const isWide = levels.length > 1 && variants.length * subjects.length <= MAX_COLUMNS;
  const caption = captionOf(first, reference);
  if (isWide) {
    return {
      columns: variants.flatMap((variant) =>
        subjects.map((subject) => ({ variant, what: subjectWords(subject) })),
      ),
      rows: levels.map((level) => ({
        place: `at ${level}`,
        load: loadOfLevel({ levels: result.levels, ofCapacity: result.ofCapacity }, level),
        cells: variants.flatMap((variant) => subjects.map((subject) => cell(variant, subject, level))),
      })),
      caption,
    };
  }
  return {
    columns: variants.map((variant) => ({ variant, what: '' })),
    rows: levels.flatMap((level) =>
      subjects.map((subject) => ({
        place: level === null ? subjectWords(subject) : `at ${level}, ${subjectWords(subject)}`,
        load: loadOfLevel({ levels: result.levels, ofCapacity: result.ofCapacity }, level),
        cells: variants.map((variant) => cell(variant, subject, level)),
      })),
    ),
    caption,
  };
}

const subjectKey = ({ metric, statistic }: ComparisonResult): string => `${metric} ${statistic}`;

/** A kept baseline bears the candidate's own name. */
const baselineOf = ({ kind, baseline }: ComparisonResult): string =>
  kind === 'separate' ? 'the baseline' : baseline;

function cellOf(own: readonly ComparisonResult[], variant: string, reference: string): WaitCell | null {
  const asCandidate = own.filter(({ candidate }) => candidate === variant);
  const asBaseline = own.filter((one) => baselineOf(one) === variant);
  if (asCandidate.length + asBaseline.length === 0) return null;
  const values = [
    ...asCandidate.flatMap(({ means }) =>
      means === undefined ? [] : [{ ...means, value: means.candidate }],
    ),
    ...asBaseline.flatMap(({ means }) => (means === undefined ? [] : [{ ...means, value: means.baseline }])),
  ];
  const [first] = values;
  const value = first === undefined ? '' : formatQuantity(first.value, first.unit);
  const against = asCandidate.find((one) => baselineOf(one) === reference);
  if (against === undefined) return { value, verdict: null };
  const { ratio, judgement } = against;
  const change = ratio === null ? '' : `${changeText(ratio)} %`;
  return { value, verdict: { word: comparisonWord(against), change, judgement } };
}

/** "typical order", "slow order (p95)"; other metrics by their names. */
function subjectWords({ metric, statistic }: ComparisonResult): string {
  const what = {
    'order.confirmed': 'order',
    'recommendation.shown': 'wait for lists',
    'http.response': 'request',
  }[metric];
  if (what !== undefined && statistic === 'p50') return `typical ${what}`;
  if (what !== undefined && statistic === 'p95') return `slow ${what} (p95)`;
  return statisticLabel(metric, statistic);
}

function captionOf({ marginRatio, confidence }: ComparisonResult, reference: string): string {
  return `Each against ${reference}; a word is said where the whole ${formatPercent(confidence)} interval lies beyond ±${formatPercent(marginRatio)} or within it.`;
}
