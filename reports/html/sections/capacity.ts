// What the search for the highest rate found: a row for each transport and number of API processes, the way the wait grows
// with the rate, and every probe that the answer rests on.

import { scalingSentences } from '../../capacity-scaling.ts';
import {
  apiProcessesText,
  brokenText,
  capacitySentence,
  configurationText,
  firstBroken,
  probeWord,
} from '../../capacity-words.ts';
import { countOf, formatNumber, formatPercent } from '../../format.ts';
import { statisticLabel } from '../../metric-names.ts';
import type { FinishedRun } from '../../record/read-run.ts';
import type { CapacityProbe, CapacityResult, ThresholdResult } from '../../record/result.ts';
import { thresholdValue } from '../../verdict-words.ts';
import { capacityCharts } from '../capacity-charts.ts';
import { html, type Markup } from '../markup.ts';
import { chartFigure, section, table } from './layout.ts';

/** Hidden for scenarios that search for nothing, and without rates where the audit failed. */
export function capacitySection({ result }: FinishedRun): Markup | null {
  const { capacity, verdict } = result;
  if (capacity === undefined) return null;
  if (verdict === 'AUDIT_FAILED') {
    const text = 'A probe failed its audit, which ended the search: no rate is published.';
    return section('capacity', 'Capacity', html`<p class="aside">${text}</p>`);
  }
  const figures = capacityCharts(result).map(({ id, title, unit }) =>
    chartFigure({
      chart: `capacity/${id}`,
      title,
      note: `${unit}; of each rate its longest probe`,
      empty: 'Nothing was recorded for this chart.',
      size: 'small',
    }),
  );
  const scaling = scalingSentences(capacity).map((sentence) => html`<li>${sentence}</li>`);
  const searched = capacity.filter(({ outcome }) => outcome !== 'skipped');
  return section(
    'capacity',
    'Capacity',
    html`${summaryTable(capacity)}
${scaling.length > 0 ? html`<ul class="combined">${scaling}</ul>` : null}
${figures.length > 0 ? html`<div class="multiples">${figures}</div>` : null}
${searched.map((own) => probeDetails(own, searched.length === 1))}`,
    leadText(searched),
  );
}

function leadText(searched: CapacityResult[]): string {
  const seconds = (kind: CapacityProbe['kind']) =>
    searched.flatMap(({ probes }) => probes).find((probe) => probe.kind === kind)?.durationSeconds;
  const [short, long] = [seconds('bracket'), seconds('confirm')];
  const lengths =
    short === undefined || long === undefined
      ? 'Short probes close in, long ones confirm.'
      : `Probes of ${short} s close in on the limit; probes of ${long} s confirm the rate, and that the next one up does not hold.`;
  return `${lengths} Every probe had a fresh database, its own plan and its audit. A probe that the generator spoilt counts for nothing against the shop.`;
}

function summaryTable(results: CapacityResult[]): Markup {
  const columns = [
    { label: 'Way of an order' },
    { label: 'Sustained', numeric: true },
    { label: 'An hour', numeric: true },
    { label: 'Fails at', numeric: true },
    { label: 'What it rests on' },
  ];
  const rows = results.map((result) => {
    const { transport, apiProcesses, connectionsPerApi, outcome, arrivals } = result;
    const { sustainedPerSecond: rate, firstFailedPerSecond: failed } = result;
    const atLeast = outcome === 'at-least' ? '≥ ' : '';
    return html`<tr>
<td>${transport}<small>${apiProcessesText(apiProcesses)}, ${countOf(connectionsPerApi, 'database connection')}${apiProcesses > 1 ? ' each' : null}</small></td>
<td class="number">${rate === null ? '–' : `${atLeast}${formatNumber(rate)} ${arrivals}/s`}</td>
<td class="number">${rate === null ? '–' : `${atLeast}${formatNumber(Math.round(rate * 3_600))}`}</td>
<td class="number">${failed === null ? '–' : `${formatNumber(failed)} ${arrivals}/s`}</td>
<td class="support">${supportText(result)}</td>
</tr>`;
  });
  return table(columns, rows);
}

function supportText(result: CapacityResult): string {
  const { outcome, reason, isClosed, toleranceRatio, probes } = result;
  if (outcome === 'skipped') return `skipped: ${reason}`;
  if (outcome === 'none') return `no rate was confirmed: ${reason}`;
  const count = countOf(probes.length, 'probe');
  if (outcome === 'at-least') return `${reason}; ${count}`;
  return isClosed ? `both ends confirmed, within ${formatPercent(toleranceRatio, 0)}; ${count}` : reason;
}

function probeDetails(result: CapacityResult, isOpen: boolean): Markup {
  const limits = result.probes.find((probe) => probe.limits.length > 0)?.limits ?? [];
  const columns = [
    { label: 'Verdict' },
    { label: 'Rate', numeric: true },
    { label: 'Length', numeric: true },
    ...limits.map(({ metric, statistic }) => ({ label: statisticLabel(metric, statistic), numeric: true })),
    { label: 'What broke' },
  ];
  const rows = result.probes.map(
    (probe) => html`<tr>
<td><span class="judgement ${{ kept: 'ok', broken: 'not-ok', invalid: 'void' }[probe.verdict]}">${probeWord(probe)}</span></td>
<td class="number">${formatNumber(probe.perSecond)}</td>
<td class="number">${probe.durationSeconds} s${probe.kind === 'confirm' ? html`<small>to confirm</small>` : null}</td>
${limits.map(({ name }) => html`<td class="number">${valueText(probe.limits.find((limit) => limit.name === name))}</td>`)}
<td>${whyText(probe)}</td>
</tr>`,
  );
  const sentence = capacitySentence(result);
  const probes = table(columns, rows, {
    caption: `Probes of ${configurationText(result)}, in the order in which they ran`,
  });
  return isOpen ? probes : html`<details><summary>${sentence}</summary>${probes}</details>`;
}

function valueText(limit: ThresholdResult | undefined): string {
  return limit === undefined ? '–' : thresholdValue(limit);
}

function whyText(probe: CapacityProbe): string {
  if (probe.verdict === 'invalid') return probe.reasons.join(' ');
  const broken = firstBroken(probe);
  return broken === undefined ? '' : brokenText(broken);
}
