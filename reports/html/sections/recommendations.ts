// From an act to its lists, side by side for every engine and number of people: how long it took, how many came later than 3 s
// and how many would by arithmetic alone, how old what a page showed was, and what it cost.

import { formatMs, formatNumber, formatPercent, formatQuantity } from '../../format/format.ts';
import { SHOWN_WITHIN_MS } from '../../metrics/latencies.ts';
import { variantKey } from '../../record/names.ts';
import type { FinishedRun } from '../../record/read-run.ts';
import type { LatencySummary, Metrics } from '../../record/result.ts';
import { NOT_THE_SHOP, type SeriesRow } from '../../record/series.ts';
import { latencyOf, plainValueOf } from '../../words/metric-names.ts';
import { decideUpperLimit, quantileText } from '../../words/quantile.ts';
import { isTold } from '../../words/recorded.ts';
import { html, type Markup } from '../markup/markup.ts';
import { labelledTable, section, variantName } from './layout.ts';
import { timeCharts } from './time-charts.ts';

/** What is aimed at beside the 3 s, a tenth of them. It decides nothing. */
const AIMED_P99_MS = SHOWN_WITHIN_MS / 10;

/** Nothing for a run in which nobody waited for lists. */
export function recommendationSection(run: FinishedRun): Markup | null {
  const { variants } = run.result;
  if (!isTold('recommendations', variants)) return null;
  return section(
    'recommendations',
    'From an act to its lists',
    html`${comparison(run)}<div class="pair">${timeCharts('recommendations', variants)}</div>`,
    `Shown: from the moment at which somebody meant to act to the message on their socket whose lists take that act into account; an act that none answered counts as later. By arithmetic: an act comes at any moment of a cycle of 4 s and its lists at the cycle’s end, so it waits for longer than 3 s in one case of four, and in more by the time that everything but the waiting takes. A page is looked at for as long as its person takes to act again.`,
  );
}

const COLUMNS = [
  'Shown p50',
  'Shown p99',
  'Later than 3 s',
  'By arithmetic',
  'Unanswered',
  'Pages that lacked an act',
  'Age of lists p50',
  'Acts/s',
  'Lists/s',
  'CPU of the recommender',
  'CPU of shop and services',
].map((label) => ({ label }));

function comparison(run: FinishedRun): Markup {
  const rows = Object.entries(run.result.variants).map(([key, { metrics }]) => {
    const cpu = cpuOf(run, key);
    return {
      name: variantName(key),
      cells: [
        shownText(metrics, 'p50'),
        aimedText(metrics),
        ratioText(metrics, 'recommendation.lateRatio'),
        ratioText(metrics, 'recommendation.arithmeticLateRatio'),
        ratioText(metrics, 'recommendation.unansweredRatio'),
        ratioText(metrics, 'recommendation.behindRatio'),
        ageText(latencyOf(metrics, 'recommendation.age')),
        rateText(metrics, 'recommendation.actsPerSecond'),
        rateText(metrics, 'recommendation.listsPerSecond'),
        cpu.recommender === 0 ? '–' : formatPercent(cpu.recommender, 0),
        formatPercent(cpu.shop, 0),
      ],
    };
  });
  return html`${labelledTable('', COLUMNS, rows)}
<p class="aside">Aimed at is p99 below ${formatMs(AIMED_P99_MS)} where each act works its own lists out; only the share later than 3 s decides. CPU: mean of the measured span, 100 % is one core; the generator is not in it.</p>`;
}

function shownText(metrics: Metrics, quantile: 'p50' | 'p99'): string {
  const summary = latencyOf(metrics, 'recommendation.shown');
  return summary === undefined ? '–' : quantileText(summary, quantile);
}

/** p99 with what it means for the aim: of lists that each act works out, where there are samples enough to tell. */
function aimedText(metrics: Metrics): string | Markup {
  const summary = latencyOf(metrics, 'recommendation.shown');
  if (summary === undefined) return '–';
  const text = quantileText(summary, 'p99');
  const isInCycles = plainValueOf(metrics, 'recommendation.arithmeticLateRatio') !== undefined;
  if (isInCycles) return text;
  const { outcome } = decideUpperLimit(summary, 'p99', AIMED_P99_MS);
  return outcome === 'undecided'
    ? text
    : html`${text}<small>${outcome === 'kept' ? 'as aimed at' : 'beyond the aim'}</small>`;
}

const ageText = (summary: LatencySummary | undefined): string =>
  summary === undefined ? '–' : quantileText(summary, 'p50');

function ratioText(metrics: Metrics, name: string): string {
  const value = plainValueOf(metrics, name)?.value;
  return value === undefined ? '–' : formatQuantity(value, 'ratio');
}

function rateText(metrics: Metrics, name: string): string {
  const value = plainValueOf(metrics, name)?.value;
  return value === undefined ? '–' : formatNumber(value);
}

/** Cores, as means over the measured spans of a variant's single runs. */
function cpuOf(run: FinishedRun, key: string): { recommender: number; shop: number } {
  const rows = run.cells
    .filter((cell) => variantKey(cell) === key)
    .flatMap((cell) => cell.series.filter(({ phase }) => phase === 'measure'));
  const mean = (read: (cpuRatios: SeriesRow['cpuRatios']) => number) =>
    rows.reduce((sum, { cpuRatios }) => sum + read(cpuRatios), 0) / Math.max(1, rows.length);
  const sumOf = (include: (name: string) => boolean) => (cpuRatios: SeriesRow['cpuRatios']) =>
    Object.entries(cpuRatios).reduce((sum, [name, ratio]) => sum + (include(name) ? ratio : 0), 0);
  return {
    recommender: mean(sumOf((name) => name === 'recommender')),
    shop: mean(sumOf((name) => !NOT_THE_SHOP.has(name))),
  };
}
