// The bar that stays on top while one scrolls: the timeline on which a span is chosen, ways to the slowest and the
// failed, and, with several single runs, which of them the charts over time show.
import { variantKey } from '../../record/names.ts';
import type { FinishedRun } from '../../record/read-run.ts';
import { isTold } from '../../words/recorded.ts';
import { html, type Markup } from '../markup/markup.ts';

/** The client draws the strip, fills the selects and sets the ranges' ends. */
export function viewBar(run: FinishedRun): Markup {
  return html`<p class="span-note">Requests a second, failed ones on top; line: ${isTold('orders', run.result.variants) ? 'order confirmed' : 'HTTP response'} p99. Drag over the strip or a chart to choose a span: charts, numbers and tables follow; verdict, limits, audit and effects stay those of the whole run.</p>
<form class="view-bar" id="view-bar" aria-label="Span and run shown">
${choices(run)}
<div class="strip" id="strip"><svg preserveAspectRatio="none" aria-hidden="true"></svg><div class="brush" hidden></div></div>
<div class="span-choice">
<label>From <input type="range" name="from" aria-label="Start of the span"></label>
<label>To <input type="range" name="to" aria-label="End of the span"></label>
<output id="span-text">whole run</output>
<button type="button" id="span-reset" disabled>Whole run</button>
<button type="button" data-jump="slowest-moment">Slowest moment</button>
<button type="button" data-jump="slowest-route">Slowest route</button>
<button type="button" data-jump="failures">Failures</button>
</div>
</form>`;
}

function choices(run: FinishedRun): Markup | null {
  const cells = run.cells.filter((cell) => variantKey(cell) in run.result.variants);
  const names = [...new Set(cells.map((cell) => cell.variant))];
  const levels = [...new Set(cells.map((cell) => cell.level ?? ''))];
  const blocks = [...new Set(cells.map((cell) => cell.block))].sort((a, b) => a - b);
  const options = (values: string[]) =>
    values.map((value) => html`<option value="${value}">${value}</option>`);
  const select = (label: string, name: string, content: Markup[]) =>
    html`<label>${label} <select name="${name}">${content}</select></label>`;
  const selects = [
    names.length > 1 ? select('Variant', 'variant', options(names)) : null,
    levels.length > 1 ? select('Level', 'level', options(levels)) : null,
    blocks.length > 1
      ? select('Block', 'block', [
          html`<option value="">all</option>`,
          ...blocks.map((block) => html`<option value="${block}">${block + 1}</option>`),
        ])
      : null,
  ].filter((part) => part !== null);
  if (selects.length === 0) return null;
  const note = blocks.length > 1 ? 'Charts over time show this choice; tables are of all blocks.' : '';
  return html`<div class="choices">${selects}<span class="aside">${note}</span></div>`;
}
