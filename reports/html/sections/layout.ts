// Pieces that several sections are put together from: a section, a scrolling table, a chart's frame with its exports, a
// part for each variant.
import { keepUnits } from '../../format/wrap.ts';
import type { FinishedRun } from '../../record/read-run.ts';
import type { RunResult, ThresholdResult } from '../../record/result.ts';
import { outcomeOf } from '../../record/threshold-result.ts';
import { outcomeWord } from '../../words/threshold-words.ts';
import { html, type Markup } from '../markup/markup.ts';

/** A sentence as it is read: what stands in backticks is code, and numbers keep their units. */
export function sentenceMarkup(sentence: string): Markup {
  const parts = sentence.split('`');
  return html`${parts.map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : keepUnits(part)))}`;
}

/** A section with a heading that can be linked to. */
export function section(id: string, heading: string, content: Markup, lead?: string): Markup {
  return html`<section id="${id}" aria-labelledby="${id}-heading">
<h2 id="${id}-heading">${heading}</h2>
${lead === undefined ? null : html`<p class="lead">${lead}</p>`}
${content}
</section>`;
}

export type TableColumn = { label: string | Markup; numeric?: boolean };

/**
 * A table that scrolls sideways by itself where the window is narrow.
 * @param options.sortable whether a click on a column's head sorts; cells may carry `data-sort`
 * @param options.label what it is, where no script of the page lets the keyboard scroll it
 */
export function table(
  columns: TableColumn[],
  rows: Markup[],
  options: { sortable?: boolean; caption?: string; className?: string; label?: string } = {},
): Markup {
  const head = columns.map(({ label, numeric }) => {
    const content = options.sortable ? html`<button type="button">${label}</button>` : label;
    return html`<th scope="col"${numeric ? html` class="number"` : null}>${content}</th>`;
  });
  const name = [options.className, options.sortable ? 'sortable' : undefined]
    .filter((part) => part)
    .join(' ');
  const { label } = options;
  const reachable = label === undefined ? null : html` tabindex="0" role="region" aria-label="${label}"`;
  return html`<div class="table-frame"${reachable}><table class="${name}">
${options.caption === undefined ? null : html`<caption>${options.caption}</caption>`}
<thead><tr>${head}</tr></thead>
<tbody>
${rows}
</tbody></table></div>`;
}

/** What a labelled table has below its head: rows of so many cells as there are columns, under headings of their own. */
export type LabelledRow = { name: string | Markup; cells: readonly (string | Markup)[] } | { group: string };

/** A table whose cells say the names of their columns themselves where the window is too narrow for a head. */
export function labelledTable(
  corner: string,
  columns: readonly { label: string; isText?: boolean }[],
  rows: readonly LabelledRow[],
  className = '',
): Markup {
  const cell = (content: string | Markup, index: number) => {
    const { label = '', isText = false } = columns[index] ?? {};
    return html`<td${isText ? null : html` class="number"`} data-label="${label}"><span>${content}</span></td>`;
  };
  const lines = rows.map((row) =>
    'group' in row
      ? html`<tr class="group"><th colspan="${columns.length + 1}" scope="rowgroup">${row.group}</th></tr>`
      : html`<tr><th scope="row">${row.name}</th>${row.cells.map(cell)}</tr>`,
  );
  const head = columns.map(({ label, isText = false }) => ({ label, numeric: !isText }));
  return table([{ label: corner }, ...head], lines, { className: `labelled ${className}`.trimEnd() });
}

/** "incremental" with "at 300 people" in small letters below it, of VARIANT@LEVEL. */
export function variantName(key: string): Markup {
  const [variant = key, level] = key.split('@');
  return html`${variant}${level === undefined ? null : html`<small>at ${level}</small>`}`;
}

/**
 * A number's cell; `sort` is what it is sorted by.
 * @param live what the cell shows of a chosen span, as "statistic metric"; see live-cells.ts of the client
 * @param label the name of its column, for where a narrow window has no head
 */
export function numberCell(text: string, sort?: number, live?: string, label?: string): Markup {
  return html`<td class="number"${label === undefined ? null : html` data-label="${label}"`}${sort === undefined ? null : html` data-sort="${sort}"`}${liveAttribute(live)}>${text}</td>`;
}

/** Marks an element that follows the span chosen on the timeline. */
export function liveAttribute(live: string | undefined): Markup | null {
  return live === undefined ? null : html` data-live="${live}"`;
}

/** "✓ kept" and the like: symbol, word and a colour that only repeats them. */
export function judgement(ok: boolean, okWord: string, notOkWord: string): Markup {
  return ok
    ? html`<span class="judgement ok">✓ ${okWord}</span>`
    : html`<span class="judgement not-ok">✗ ${notOkWord}</span>`;
}

const OUTCOME_TONES = { kept: 'ok', missed: 'not-ok', undecided: 'void' } as const;

/** What became of a limit; of an invalid run none was judged. */
export function limitJudgement(threshold: ThresholdResult, isJudged: boolean): Markup {
  return isJudged
    ? html`<span class="judgement ${OUTCOME_TONES[outcomeOf(threshold)]}">${outcomeWord(threshold)}</span>`
    : html`<span class="judgement void">⊘ not judged</span>`;
}

/** A chart's frame; the client draws into it, or says `empty` where the shown run has nothing for it. */
export function chartFigure(options: {
  chart: string;
  title: string;
  note: string;
  empty: string;
  size?: 'small';
}): Markup {
  const { chart, title } = options;
  const tool = (kind: 'PNG' | 'CSV') =>
    html`<button type="button" data-export="${kind.toLowerCase()}" aria-label="${`${kind} of ${title}`}">${kind}</button>`;
  return html`<figure class="chart ${options.size ?? ''}" data-chart="${chart}">
<figcaption><h3>${title}</h3><span class="tools">${tool('PNG')}${tool('CSV')}</span><p>${options.note}</p></figcaption>
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
