// Failed requests by kind.

import { formatNumber, formatPercent } from '../../format/format.ts';
import type { FinishedRun } from '../../record/read-run.ts';
import type { Failures } from '../../record/result.ts';
import { html, type Markup } from '../markup/markup.ts';
import { forEachVariant, numberCell, section, table } from './layout.ts';

export function failureSection(run: FinishedRun): Markup {
  return section(
    'failures',
    'Failures by kind',
    forEachVariant(run, ({ failures }) => failureTable(failures)),
  );
}

function failureTable(failures: Failures | undefined): Markup {
  if (failures === undefined) return html`<p class="aside">Kinds of failures were not recorded.</p>`;
  const kinds = Object.entries(failures).filter(([, count]) => count > 0);
  if (kinds.length === 0) return html`<p class="aside">No request failed.</p>`;
  const total = kinds.reduce((sum, [, count]) => sum + count, 0);
  const rows = kinds
    .sort((a, b) => b[1] - a[1])
    .map(
      ([kind, count]) =>
        html`<tr><th scope="row">${kind}</th>${numberCell(formatNumber(count), count, `kind ${kind}`)}${numberCell(formatPercent(count / total, 0), count, `kindShare ${kind}`)}</tr>`,
    );
  const columns = [
    { label: 'Kind' },
    { label: 'Requests', numeric: true },
    { label: 'Share', numeric: true },
  ];
  return html`${table(columns, rows, { className: 'compact' })}<p class="aside whole-only" hidden>Kinds were recorded for the whole run only; they do not follow the chosen span.</p>`;
}
