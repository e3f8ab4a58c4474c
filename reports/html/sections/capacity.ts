// What the search for the highest rate found: a row for each variant and number of API processes, the way the wait grows
// with the rate, and every probe that the answer rests on.

import { countOf, formatNumber, formatPercent } from '../../format/format.ts';
import type { FinishedRun } from '../../record/read-run.ts';
import type { CapacityProbe, CapacityResult } from '../../record/result.ts';
import { outcomeOf } from '../../record/threshold-result.ts';
import { scalingSentences } from '../../words/capacity-scaling.ts';
import { apiProcessesText, configurationText, probeWord } from '../../words/capacity-words.ts';
import { statisticLabel } from '../../words/metric-names.ts';
import { limitText, thresholdValue } from '../../words/threshold-words.ts';
import { isUnseen } from '../../words/unseen.ts';
import { capacityCharts } from '../data/capacity-charts.ts';
import { html, type Markup } from '../markup/markup.ts';
import { chartFigure, section, table } from './layout.ts';

/** Hidden for scenarios that search for nothing, and without rates where the audit failed. */
export function capacitySection(run: FinishedRun): Markup | null {
  const { result } = run;
  const { capacity, verdict } = result;
  if (capacity === undefined) return null;
  if (verdict === 'AUDIT_FAILED') {
    const text = 'A probe failed its audit, which ended the search: no rate is published.';
    return section('capacity', 'Capacity', html`<p class="aside">${text}</p>`);
  }
  const charts = capacityCharts(result);
  const figures = charts.map(({ id, title, unit }) =>
    chartFigure({
      chart: `curve/${id}`,
      title,
      note: `${unit}; of each rate its longest probe`,
      empty: 'Nothing was recorded for this chart.',
      ...(charts.length > 1 ? { size: 'small' as const } : {}),
    }),
  );
  const scaling = scalingSentences(capacity).map((sentence) => html`<li>${sentence}</li>`);
  const searched = capacity.filter(({ outcome }) => outcome !== 'skipped');
  return section(
    'capacity',
    'Capacity',
    html`${summaryTable(capacity)}
${scaling.length > 0 ? html`<ul class="combined">${scaling}</ul>` : null}
${figures.length > 1 ? html`<div class="multiples">${figures}</div>` : figures}
${searched.map((own) => probeDetails(own, searched.length === 1))}`,
    leadText(searched, isUnseen(run)),
  );
}

function leadText(searched: CapacityResult[], isOfUnseen: boolean): string {
  const seconds = (kind: CapacityProbe['kind']) =>
    searched.flatMap(({ probes }) => probes).find((probe) => probe.kind === kind)?.durationSeconds;
  const [short, long] = [seconds('bracket'), seconds('confirm')];
  const lengths =
    short === undefined || long === undefined
      ? 'Short probes close in, long ones confirm.'
      : `Probes of ${short} s close in on the limit; probes of ${long} s confirm the rate, and that the next one up does not hold.`;
  return `${lengths} Every probe had ${isOfUnseen ? '' : 'a fresh database, '}its own plan and its audit. A probe that the generator spoilt counts for nothing against the shop. Limits, numbers and charts below are those of the probe that stands for each search.`;
}

function summaryTable(results: CapacityResult[]): Markup {
  const columns = [
    { label: 'Variant' },
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
<td>${transport}<small>${apiProcesses === 0 ? null : apiProcessesText(apiProcesses)}${connectionsPerApi === undefined ? null : `, ${countOf(connectionsPerApi, 'database connection')}${apiProcesses > 1 ? ' each' : ''}`}</small></td>
<td class="number">${rate === null ? '–' : `${atLeast}${formatNumber(rate)} ${arrivals}/s`}</td>
<td class="number">${rate === null ? '–' : `${atLeast}${formatNumber(Math.round(rate * 3_600))}`}</td>
<td class="number">${failed === null ? '–' : `${formatNumber(failed)} ${arrivals}/s`}${failed === null ? null : html`<small>${whoseLimit(result)}</small>`}</td>
<td class="support">${supportText(result)}</td>
</tr>`;
  });
  return table(columns, rows, { className: 'capacities' });
}

/** Whether the rate above the sustained one was broken by the shop, spoilt by the generator, or could not be planned. */
function whoseLimit({ firstFailedPerSecond, probes }: CapacityResult): string {
  const own = probes.filter(({ perSecond }) => perSecond === firstFailedPerSecond);
  if (own.some(({ verdict }) => verdict === 'broken')) return 'the shop’s limit';
  return own.some(({ limits }) => limits.length > 0) ? 'the generator’s limit' : 'could not be asked for';
}

function supportText(result: CapacityResult): string {
  const { outcome, reason, isClosed, toleranceRatio, probes } = result;
  if (outcome === 'skipped') return `skipped: ${reason}`;
  if (outcome === 'none') return `no rate was confirmed: ${reason}`;
  const count = countOf(probes.length, 'probe');
  if (outcome === 'at-least') return `${reason}; ${count}`;
  return isClosed ? `both ends confirmed, within ${formatPercent(toleranceRatio, 0)}; ${count}` : reason;
}

function probeDetails(result: CapacityResult, isOnly: boolean): Markup {
  const limits = result.probes.find((probe) => probe.limits.length > 0)?.limits ?? [];
  const columns = [
    { label: 'Verdict' },
    { label: 'Rate', numeric: true },
    { label: 'Length', numeric: true },
    ...limits.map(({ metric, statistic }) => ({ label: statisticLabel(metric, statistic), numeric: true })),
  ];
  const rows = result.probes.map(
    (probe) => html`<tr>
<td><span class="judgement ${TONES[probe.verdict]}">${probeWord(probe)}</span></td>
<td class="number">${formatNumber(probe.perSecond)}<small>${result.arrivals}/s</small></td>
<td class="number">${probe.durationSeconds} s<small>${probe.kind === 'confirm' ? 'to confirm' : 'to close in'}</small></td>
${limits.map(({ name }) => limitCell(probe, name))}
</tr>`,
  );
  const content = html`${table(columns, rows, { className: 'probes' })}${invalidReasons(result)}`;
  return isOnly
    ? html`<h3 class="probes-heading">Probes, in the order in which they ran</h3>${content}`
    : html`<details><summary>${configurationText(result)}: ${countOf(result.probes.length, 'probe')}</summary>${content}</details>`;
}

const TONES = { kept: 'ok', broken: 'not-ok', invalid: 'void' };

/** The value of a limit, marked where it broke; what an invalid probe measured is not the shop's. */
function limitCell(probe: CapacityProbe, name: string): Markup {
  const limit = probe.limits.find((own) => own.name === name);
  if (limit === undefined) return html`<td class="number">–</td>`;
  const value = thresholdValue(limit);
  const isBroken = probe.verdict === 'broken' && outcomeOf(limit) === 'missed';
  return html`<td class="number">${isBroken ? html`<span class="judgement not-ok">✗ ${value}</span>` : value}<small>${limitText(limit)}</small></td>`;
}

/** Why the generator spoilt a probe, once for each rate. */
function invalidReasons({ probes, arrivals }: CapacityResult): Markup | null {
  const byRate = new Map(
    probes.filter(({ verdict }) => verdict === 'invalid').map((probe) => [probe.perSecond, probe.reasons]),
  );
  if (byRate.size === 0) return null;
  const items = [...byRate].map(
    ([rate, reasons]) => html`<li>⊘ ${formatNumber(rate)} ${arrivals}/s: ${reasons.join(' ')}</li>`,
  );
  return html`<ul class="aside">${items}</ul>`;
}
