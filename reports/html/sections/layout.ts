// Pieces that several sections are put together from: a section, a scrolling table, a chart's frame, a part for each
// variant.
import type { FinishedRun } from '../../record/read-run.ts';
import type { RunResult } from '../../record/result.ts';
import { html, type Markup } from '../markup.ts';

/** A section with a heading that can be linked to. */
export function section(id: string, heading: string, content: Markup, lead?: string): Markup {
  return html`<section id="${id}" aria-labelledby="${id}-heading">
<h2 id="${id}-heading">${heading}</h2>
${lead === undefined ? null : html`<p class="lead">${lead}</p>`}
${content}
</section>`;
}

export type TableColumn = { label: string; numeric?: boolean };

/**
 * A table that scrolls sideways by itself where the window is narrow.
 * @param options.sortable whether a click on a column's head sorts; cells may carry `data-sort`
 */
export function table(
  columns: TableColumn[],
  rows: Markup[],
  options: { sortable?: boolean; caption?: string; className?: string } = {},
): Markup {
  const head = columns.map(({ label, numeric }) => {
    const content = options.sortable ? html`<button type="button">${label}</button>` : label;
    return html`<th scope="col"${numeric ? html` class="number"` : null}>${content}</th>`;
  });
  const name = [options.className, options.sortable ? 'sortable' : undefined]
    .filter((part) => part)
    .join(' ');
  return html`<div class="table-frame"><table class="${name}">
${options.caption === undefined ? null : html`<caption>${options.caption}</caption>`}
<thead><tr>${head}</tr></thead>
<tbody>
${rows}
</tbody></table></div>`;
}

/** A number's cell; `sort` is what it is sorted by. */
export function numberCell(text: string, sort?: number): Markup {
  return sort === undefined
    ? html`<td class="number">${text}</td>`
    : html`<td class="number" data-sort="${sort}">${text}</td>`;
}

/** "✓ kept" and the like: symbol, word and a colour that only repeats them. */
export function judgement(ok: boolean, okWord: string, notOkWord: string): Markup {
  return ok
    ? html`<span class="judgement ok">✓ ${okWord}</span>`
    : html`<span class="judgement not-ok">✗ ${notOkWord}</span>`;
}

/** A chart's frame; the client draws into it, or says `empty` where the shown run has nothing for it. */
export function chartFigure(options: { chart: string; title: string; note: string; empty: string }): Markup {
  return html`<figure class="chart" data-chart="${options.chart}">
<figcaption><h3>${options.title}</h3><p>${options.note}</p></figcaption>
<div class="plot"><canvas role="img" aria-label="${options.title}"></canvas></div>
<p class="empty" hidden>${options.empty}</p>
</figure>`;
}

/** Whether a run compares several variants or levels. */
export function hasSeveralVariants(run: FinishedRun): boolean {
  return Object.keys(run.result.variants).length > 1;
}

/** The part of each variant; with several, the view bar chooses which one is shown. */
export function forEachVariant(
  run: FinishedRun,
  part: (variant: RunResult['variants'][string], key: string) => Markup,
): Markup {
  const variants = Object.entries(run.result.variants);
  if (variants.length === 1) return html`${variants.map(([key, variant]) => part(variant, key))}`;
  return html`${variants.map(
    ([key, variant]) =>
      html`<div class="of-variant" data-variant="${key}"><h3 class="variant-name">${key}</h3>${part(variant, key)}</div>`,
  )}`;
}
