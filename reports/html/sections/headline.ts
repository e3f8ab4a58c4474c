// The numbers a shopkeeper asks for: orders an hour at this rate, how soon an order is confirmed, how many buy.

import { formatNumber, formatQuantity } from '../../format/format.ts';
import type { FinishedRun } from '../../record/read-run.ts';
import type { Metrics } from '../../record/result.ts';
import { latencyOf, plainValueOf } from '../../words/metric-names.ts';
import { quantileText } from '../../words/quantile.ts';
import { html, type Markup } from '../markup/markup.ts';
import { hasSeveralVariants, liveAttribute, section, table } from './layout.ts';

type Headline = {
  label: string;
  note: string;
  /** What it shows of a chosen span; absent where it belongs to the whole run. */
  live?: string;
  read: (metrics: Metrics) => string | undefined;
};

const LOST_FATES = ['rejected', 'failed', 'unanswered'];

const HEADLINES: Headline[] = [
  {
    label: 'orders an hour',
    note: 'measured rate × 3,600',
    live: 'value orders.perHour',
    read: (metrics) => plainNumber(metrics, 'orders.perHour'),
  },
  {
    label: 'orders confirmed',
    note: 'in the measured span',
    live: 'value orders.confirmed',
    read: (metrics) => {
      const summary = latencyOf(metrics, 'order.confirmed');
      // Records of older versions have only the outcomes, rejected orders among them.
      return (
        plainNumber(metrics, 'orders.confirmed') ??
        (summary && formatNumber(summary.count - summary.censoredCount))
      );
    },
  },
  {
    label: 'orders not confirmed',
    note: 'rejected, failed or without an outcome in time',
    read: (metrics) => {
      const lost = LOST_FATES.flatMap((fate) => plainValueOf(metrics, `orders.${fate}`)?.value ?? []);
      const count = lost.reduce((sum, value) => sum + value, 0);
      return count === 0 ? undefined : formatNumber(count);
    },
  },
  ...(['p50', 'p95', 'p99'] as const).map((name) => ({
    label: `order confirmed ${name}`,
    note: 'click to message',
    live: `${name} order.confirmed`,
    read: (metrics: Metrics) => {
      const summary = latencyOf(metrics, 'order.confirmed');
      return summary && quantileText(summary, name);
    },
  })),
  {
    label: 'people signed up',
    note: 'in the measured span, of those who were to',
    live: 'answered signUp.confirmed',
    read: (metrics) => {
      const planned = plainNumber(metrics, 'signUps.planned');
      return planned && `${plainNumber(metrics, 'signUps.confirmed') ?? 0} of ${planned}`;
    },
  },
  {
    label: 'account confirmed p50',
    note: 'sign-up form to account',
    live: 'p50 signUp.confirmed',
    read: (metrics) => {
      const summary = latencyOf(metrics, 'signUp.confirmed');
      return summary && quantileText(summary, 'p50');
    },
  },
  {
    label: 'conversion',
    note: 'orders per session',
    live: 'value sessions.conversionRatio',
    read: (metrics) => quantity(metrics, 'sessions.conversionRatio'),
  },
  {
    label: 'failed requests',
    note: 'with timeouts',
    live: 'value http.failedRatio',
    read: (metrics) => quantity(metrics, 'http.failedRatio'),
  },
  {
    label: 'to recover',
    note: 'from the fault until orders were confirmed again',
    read: (metrics) => quantity(metrics, 'fault.recoverySeconds'),
  },
];

/** Withheld where the audit failed. */
export function headlineSection(run: FinishedRun): Markup {
  const { variants, verdict } = run.result;
  if (verdict === 'AUDIT_FAILED') {
    const text = 'A run that fails its audit publishes no performance result.';
    return section('numbers', 'Numbers', html`<p class="aside">${text}</p>`);
  }
  return section('numbers', 'Numbers', hasSeveralVariants(run) ? sideBySide(variants) : tiles(variants));
}

function tiles(variants: FinishedRun['result']['variants']): Markup {
  return html`${Object.values(variants).map(
    ({ metrics }) =>
      html`<dl class="tiles">${shown([metrics]).map(
        ({ label, note, live, read }) =>
          html`<div><dt>${label}</dt><dd${liveAttribute(live)}>${read(metrics)}</dd><dd class="note">${note}</dd></div>`,
      )}</dl>`,
  )}`;
}

function sideBySide(variants: FinishedRun['result']['variants']): Markup {
  const entries = Object.entries(variants);
  const all = entries.map(([, { metrics }]) => metrics);
  const columns = [
    { label: '' },
    ...Object.keys(variants).map((key) => ({ label: breakable(key), numeric: true })),
  ];
  const rows = shown(all).map(
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

function shown(all: Metrics[]): Headline[] {
  return HEADLINES.filter(({ read }) => all.some((metrics) => read(metrics) !== undefined));
}

function plainNumber(metrics: Metrics, metric: string): string | undefined {
  const summary = plainValueOf(metrics, metric);
  return summary && formatNumber(Math.round(summary.value));
}

function quantity(metrics: Metrics, metric: string): string | undefined {
  const summary = plainValueOf(metrics, metric);
  return summary && formatQuantity(summary.value, summary.unit);
}
