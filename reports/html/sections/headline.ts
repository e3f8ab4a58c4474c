// The numbers a shopkeeper asks for: orders an hour at this rate, how soon an order is confirmed, how many buy. Which they are
// says the catalogue of metrics.

import { formatNumber } from '../../format/format.ts';
import { METRICS } from '../../metrics/catalogue.ts';
import { answeredMetric, isCounted } from '../../metrics/evaluate.ts';
import type { HeadlineTile, Metric } from '../../metrics/metric.ts';
import { valueText } from '../../metrics/value-text.ts';
import type { FinishedRun } from '../../record/read-run.ts';
import type { Metrics } from '../../record/result.ts';
import { latencyOf, plainValueOf } from '../../words/metric-names.ts';
import { quantileText } from '../../words/quantile.ts';
import { recordsNeed } from '../../words/recorded.ts';
import { isUnseen } from '../../words/unseen.ts';
import { html, type Markup } from '../markup/markup.ts';
import { hasSeveralVariants, liveAttribute, section, table } from './layout.ts';

type Headline = {
  label: string;
  note: string;
  noteWithoutOrders?: string | undefined;
  noteOfUnseen?: string | undefined;
  /** What it shows of a chosen span; absent where it belongs to the whole run. */
  live?: string;
  read: (metrics: Metrics) => string | undefined;
};

const LOST_FATES = ['rejected', 'failed', 'unanswered'];

/** What no metric says by itself stands after the orders that were confirmed. */
const NOT_CONFIRMED: Headline = {
  label: 'orders not confirmed',
  note: 'rejected, failed or without an outcome in time',
  read: (metrics) => {
    const lost = LOST_FATES.flatMap((fate) => plainValueOf(metrics, `orders.${fate}`)?.value ?? []);
    const count = lost.reduce((sum, value) => sum + value, 0);
    return count === 0 ? undefined : formatNumber(count);
  },
};

/** The tiles in the order of the catalogue. */
export function headlinesOf(catalogue: readonly Metric[] = METRICS): Headline[] {
  return catalogue.flatMap((metric) => {
    if (metric.headline === undefined) return [];
    if (metric.kind === 'latency') return latencyTiles(metric, metric.headline);
    const tile = valueTile(metric, metric.headline);
    return metric.name === 'orders.confirmed' ? [tile, NOT_CONFIRMED] : [tile];
  });
}

function latencyTiles({ name, label }: Metric, tile: HeadlineTile): Headline[] {
  return (tile.statistics ?? ['p50' as const]).map((statistic) => ({
    label: `${tile.label ?? label} ${statistic}`,
    note: tile.note,
    noteOfUnseen: tile.noteOfUnseen,
    live: `${statistic} ${name}`,
    read: (metrics) => {
      const summary = latencyOf(metrics, name);
      return summary && quantileText(summary, statistic);
    },
  }));
}

function valueTile(metric: Exclude<Metric, { kind: 'latency' }>, tile: HeadlineTile): Headline {
  const { name, label } = metric;
  const { outOf } = tile;
  return {
    label: tile.label ?? label,
    note: tile.note,
    noteWithoutOrders: tile.noteWithoutOrders,
    ...liveOf(metric),
    read: (metrics) => {
      const own = textOf(metrics, metric);
      if (outOf === undefined) return own ?? olderText(metrics, name);
      const whole = plainValueOf(metrics, outOf);
      return whole && `${own ?? 0} of ${valueText({ kind: 'count', unit: whole.unit }, whole.value)}`;
    },
  };
}

/** Answered samples are read from their histograms, other counts from the series. */
function liveOf(metric: Metric): Pick<Headline, 'live'> {
  if (!isCounted(metric)) return {};
  const [only, ...others] = metric.kind === 'count' ? metric.counts : [];
  const isAnswered = only !== undefined && others.length === 0 && answeredMetric(only) !== null;
  return { live: isAnswered ? only : `value ${metric.name}` };
}

function textOf(metrics: Metrics, { name, kind }: Metric): string | undefined {
  const summary = plainValueOf(metrics, name);
  return summary && valueText({ kind, unit: summary.unit }, summary.value);
}

/** Records of older versions have only the outcomes, rejected orders among them. */
function olderText(metrics: Metrics, name: string): string | undefined {
  const summary = name === 'orders.confirmed' ? latencyOf(metrics, 'order.confirmed') : undefined;
  return summary && formatNumber(summary.count - summary.censoredCount);
}

/** Withheld where the audit failed. */
export function headlineSection(run: FinishedRun): Markup {
  const { variants, verdict } = run.result;
  if (verdict === 'AUDIT_FAILED') {
    const text = 'A run that fails its audit publishes no performance result.';
    return section('numbers', 'Numbers', html`<p class="aside">${text}</p>`);
  }
  return section(
    'numbers',
    'Numbers',
    hasSeveralVariants(run) ? sideBySide(variants, isUnseen(run)) : tiles(variants, isUnseen(run)),
  );
}

function tiles(variants: FinishedRun['result']['variants'], isOfUnseen: boolean): Markup {
  return html`${Object.values(variants).map(
    ({ metrics }) =>
      html`<dl class="tiles">${shown([metrics], isOfUnseen).map(
        ({ label, note, live, read }) =>
          html`<div><dt>${label}</dt><dd${liveAttribute(live)}>${read(metrics)}</dd><dd class="note">${note}</dd></div>`,
      )}</dl>`,
  )}`;
}

function sideBySide(variants: FinishedRun['result']['variants'], isOfUnseen: boolean): Markup {
  const entries = Object.entries(variants);
  const all = entries.map(([, { metrics }]) => metrics);
  const columns = [
    { label: '' },
    ...Object.keys(variants).map((key) => ({ label: breakable(key), numeric: true })),
  ];
  const rows = shown(all, isOfUnseen).map(
    ({ label, note, live, read }) => html`<tr><th scope="row">${label}<small>${note}</small></th>
${entries.map(([key, { metrics }]) => html`<td class="number" data-variant="${key}"${liveAttribute(live)}>${read(metrics) ?? '–'}</td>`)}</tr>`,
  );
  return table(columns, rows, { className: 'variants' });
}

/** With many variants the heads break at the level. */
function breakable(key: string): Markup {
  const [variant, ...level] = key.split('@');
  return html`${variant}${level.map((part) => html`<wbr>@${part}`)}`;
}

function shown(all: Metrics[], isOfUnseen: boolean): Headline[] {
  const hasOrders = all.some((metrics) => recordsNeed(metrics, 'orders'));
  return headlinesOf()
    .filter(({ read }) => all.some((metrics) => read(metrics) !== undefined))
    .map((tile) => {
      const other = !hasOrders ? tile.noteWithoutOrders : isOfUnseen ? tile.noteOfUnseen : undefined;
      return { ...tile, note: other ?? tile.note };
    });
}
