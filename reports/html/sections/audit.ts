// What was checked after the load against what was stored, and every violation that was found.

import { formatNumber } from '../../format/format.ts';
import type { FinishedRun } from '../../record/read-run.ts';
import type { AuditFinding } from '../../record/result.ts';
import { isTold } from '../../words/recorded.ts';
import { isUnseen } from '../../words/unseen.ts';
import { auditLine } from '../../words/verdict-words.ts';
import { html, type Markup, raw } from '../markup/markup.ts';
import { hasSeveralVariants, judgement, numberCell, section, table } from './layout.ts';

export function auditSection(run: FinishedRun): Markup {
  const withVariant = hasSeveralVariants(run);
  const findings = Object.entries(run.result.variants).flatMap(([key, { audit }]) =>
    audit.map((finding) => ({ key, finding })),
  );
  const columns = [
    { label: 'Verdict' },
    { label: 'Rule' },
    { label: 'Checked', numeric: true },
    { label: 'Violations', numeric: true },
  ];
  const rows = findings
    .sort((a, b) => Number(a.finding.ok) - Number(b.finding.ok))
    .map(
      ({ key, finding }) => html`<tr>
<td>${judgement(finding.ok, 'holds', 'broken')}</td>
<td>${finding.claim}<small>${withVariant ? `${key} · ` : null}${finding.rule}</small>${violations(finding)}</td>
${numberCell(formatNumber(finding.checkedCount))}
${numberCell(formatNumber(finding.violationCount))}
</tr>`,
    );
  const isWhole = findings.every(({ finding }) => finding.ok);
  const content =
    findings.length === 0
      ? html`<p class="aside">No rule was checked.</p>`
      : html`<details${isWhole ? null : raw(' open')}><summary>${judgement(isWhole, 'whole', 'broken')} ${auditLine(run.result)}</summary>
<p class="lead">What the shoppers were told, held against ${heldAgainst(run)}.</p>
${table(columns, rows)}</details>`;
  return section('audit', 'Audit', content);
}

function heldAgainst(run: FinishedRun): string {
  if (isUnseen(run)) return 'what the shop gave back when it was asked again';
  const stores = isTold('orders', run.result.variants) ? 'the database and the broker' : 'what was stored';
  return `${stores} after every queue had drained`;
}

function violations({ violations: list, violationCount }: AuditFinding): Markup | null {
  if (list.length === 0) return null;
  const rest = violationCount - list.length;
  return html`<ul class="violations">${list.map((violation) => html`<li>${violation}</li>`)}${rest > 0 ? html`<li>and ${formatNumber(rest)} more</li>` : null}</ul>`;
}
