// Whether the instrument itself was good enough for its readings to count.

import { formatMs, formatNumber, formatPercent } from '../../format/format.ts';
import type { FinishedRun } from '../../record/read-run.ts';
import type { GeneratorHealth } from '../../record/result.ts';
import { littleResidualText, littleSentence, littleWarnings } from '../../words/littles-law.ts';
import { repeatedSentences } from '../../words/repeated-blocks.ts';
import { html, type Markup, raw } from '../markup/markup.ts';
import { hasSeveralVariants, judgement, section, table } from './layout.ts';

const MEASURES: { label: string; read: (health: GeneratorHealth) => string }[] = [
  { label: 'sessions planned', read: (health) => formatNumber(health.plannedCount) },
  { label: 'started', read: (health) => formatNumber(health.startedCount) },
  { label: 'dropped', read: (health) => formatNumber(health.droppedCount) },
  { label: 'no free person', read: (health) => formatNumber(health.noFreePersonCount) },
  { label: 'unknown outcome', read: (health) => formatNumber(health.unknownCount) },
  { label: 'lateness p50', read: (health) => formatMs(health.latenessP50Ms) },
  { label: 'lateness p99', read: (health) => formatMs(health.latenessP99Ms) },
  { label: 'lateness max', read: (health) => formatMs(health.latenessMaxMs) },
  { label: 'event-loop lag p99', read: (health) => formatMs(health.eventLoopLagP99Ms) },
  { label: 'CPU of one core', read: (health) => formatPercent(health.cpuRatio, 0) },
  { label: 'Little’s law, off by', read: littleResidualText },
  { label: 'steal, worst second', read: (health) => formatPercent(health.stealMaxRatio) },
];

export function generatorSection(run: FinishedRun): Markup {
  const variants = Object.entries(run.result.variants);
  const withVariant = hasSeveralVariants(run);
  const reasons = variants.flatMap(([key, { generator }]) =>
    generator.reasons.map((reason) => html`<li>${withVariant ? `${key}: ` : null}${reason}</li>`),
  );
  const warnings = [...littleWarnings(run.result), ...repeatedSentences(run.result)];
  const healths = variants.map(([, { generator }]) => generator);
  const isHealthy = healths.every(({ ok }) => ok);
  const content = withVariant ? sideBySide(variants) : healths.map(measures);
  return section(
    'generator',
    'Load generator',
    html`${warnings.length > 0 ? html`<ul class="warnings">${warnings.map((warning) => html`<li>! ${warning}</li>`)}</ul>` : null}
${reasons.length > 0 ? html`<ul class="violations">${reasons}</ul>` : null}
<details${isHealthy ? null : raw(' open')}><summary>${judgement(isHealthy, 'healthy', 'not healthy')} ${summaryText(healths)}</summary>
<p class="lead">Sessions as planned and as made. Lateness is how long after its planned instant a step began; a start without a free person is the shop’s failure, a dropped one the generator’s.</p>
${littleExplained(healths)}
${content}</details>`,
  );
}

function summaryText(healths: GeneratorHealth[]): string {
  const sum = (read: (health: GeneratorHealth) => number) =>
    formatNumber(healths.reduce((total, health) => total + read(health), 0));
  const latest = Math.max(0, ...healths.map((health) => health.latenessP99Ms));
  return `${sum((health) => health.startedCount)} of ${sum((health) => health.plannedCount)} planned sessions started, lateness p99 ${formatMs(latest)}`;
}

function measures(health: GeneratorHealth): Markup {
  return html`<dl class="tiles small">${MEASURES.map(
    ({ label, read }) => html`<div><dt>${label}</dt><dd>${read(health)}</dd></div>`,
  )}</dl>`;
}

function sideBySide(variants: [key: string, variant: { generator: GeneratorHealth }][]): Markup {
  const columns = [{ label: '' }, ...variants.map(([label]) => ({ label, numeric: true }))];
  const row = (label: string, read: (health: GeneratorHealth) => Markup | string) =>
    html`<tr><th scope="row">${label}</th>${variants.map(([, { generator }]) => html`<td class="number">${read(generator)}</td>`)}</tr>`;
  const rows = [row('verdict', verdict), ...MEASURES.map(({ label, read }) => row(label, read))];
  return table(columns, rows, { className: 'compact' });
}

function verdict({ ok }: GeneratorHealth): Markup {
  return judgement(ok, 'healthy', 'not healthy');
}

/** What the law means, with the figures of the only variant there is. */
function littleExplained(healths: GeneratorHealth[]): Markup | null {
  const [first, ...others] = healths.flatMap(({ littlesLaw }) => littlesLaw ?? []);
  if (first === undefined) return null;
  const figures = others.length === 0 ? ` ${littleSentence(first)}.` : '';
  return html`<p class="lead">Little’s law checks the counting: the people inside must be those who come through times how long each takes. The two sides are recorded apart; where they differ, something was counted wrongly.${figures}</p>`;
}
