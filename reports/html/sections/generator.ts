// Whether the instrument itself was good enough for its readings to count.
import { formatMs, formatNumber, formatPercent } from '../../format.ts';
import type { FinishedRun } from '../../record/read-run.ts';
import type { GeneratorHealth } from '../../record/result.ts';
import { html, type Markup } from '../markup.ts';
import { hasSeveralVariants, judgement, numberCell, section, table } from './layout.ts';

const COLUMNS: { label: string; read: (health: GeneratorHealth) => string }[] = [
  { label: 'Planned', read: (health) => formatNumber(health.plannedCount) },
  { label: 'Started', read: (health) => formatNumber(health.startedCount) },
  { label: 'Dropped', read: (health) => formatNumber(health.droppedCount) },
  { label: 'No free person', read: (health) => formatNumber(health.noFreePersonCount) },
  { label: 'Unknown outcome', read: (health) => formatNumber(health.unknownCount) },
  { label: 'Lateness p50', read: (health) => formatMs(health.latenessP50Ms) },
  { label: 'p99', read: (health) => formatMs(health.latenessP99Ms) },
  { label: 'max', read: (health) => formatMs(health.latenessMaxMs) },
  { label: 'Event-loop lag p99', read: (health) => formatMs(health.eventLoopLagP99Ms) },
  { label: 'CPU of one core', read: (health) => formatPercent(health.cpuRatio, 0) },
  { label: 'Steal, worst second', read: (health) => formatPercent(health.stealMaxRatio) },
];

export function generatorSection(run: FinishedRun): Markup {
  const variants = Object.entries(run.result.variants);
  const withVariant = hasSeveralVariants(run);
  const head = [{ label: 'Verdict' }, ...(withVariant ? [{ label: 'Variant' }] : [])];
  const columns = [...head, ...COLUMNS.map(({ label }) => ({ label, numeric: true }))];
  const rows = variants.map(
    ([key, { generator }]) => html`<tr>
<td>${judgement(generator.ok, 'healthy', 'not healthy')}</td>
${withVariant ? html`<td>${key}</td>` : null}
${COLUMNS.map(({ read }) => numberCell(read(generator)))}
</tr>`,
  );
  const reasons = variants.flatMap(([key, { generator }]) =>
    generator.reasons.map((reason) => html`<li>${withVariant ? `${key}: ` : null}${reason}</li>`),
  );
  return section(
    'generator',
    'Load generator',
    html`${reasons.length > 0 ? html`<ul class="violations">${reasons}</ul>` : null}${table(columns, rows)}`,
    'Sessions as planned and as made. Lateness is how long after its planned instant a step began; a start without a free person is the shop’s failure, a dropped one the generator’s.',
  );
}
