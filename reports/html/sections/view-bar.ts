// Chooses which single run the charts over time show; absent where there is only one.
import type { FinishedRun } from '../../record/read-run.ts';
import { html, type Markup } from '../markup.ts';
import { hasSeveralVariants } from './layout.ts';

export function viewBar(run: FinishedRun): Markup | null {
  const keys = Object.keys(run.result.variants);
  const blocks = [...new Set(run.cells.map((cell) => cell.block))].sort((a, b) => a - b);
  if (!hasSeveralVariants(run) && blocks.length <= 1) return null;
  const options = (values: (string | number)[]) =>
    values.map((value) => html`<option value="${value}">${value}</option>`);
  return html`<form class="view-bar" id="view-bar">
<label>Variant <select name="variant">${options(keys)}</select></label>
${blocks.length > 1 ? html`<label>Block <select name="block">${options(blocks)}</select></label>` : null}
<span class="aside">Charts over time show this single run; tables are merged over blocks.</span>
</form>`;
}
