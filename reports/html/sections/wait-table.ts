// The table of waits by variant and load, with the verdict's word in each cell.
import { keepUnits } from '../../format/wrap.ts';
import type { WaitCell, WaitColumn, WaitTable } from '../../words/wait-table.ts';
import { html, type Markup } from '../markup/markup.ts';
import { toneOf } from './answer-table.ts';
import { table } from './layout.ts';

export function waitTableMarkup({ columns, rows, caption }: WaitTable): Markup {
  const heads = columns.map(({ variant, what }) => ({
    label: html`${variant}${what === '' ? null : html`<small>${what}</small>`}`,
  }));
  const body = rows.map(
    ({ place, load, cells }) =>
      html`<tr><th scope="row">${place}${load === '' ? null : html`<small>${keepUnits(load)}</small>`}</th>${cells.map((cell, index) => waitCell(cell, columns[index]))}</tr>`,
  );
  return html`<div class="answer-table waits">${table([{ label: '' }, ...heads], body)}<p class="aside">${caption}</p></div>`;
}

/** Names its column where a narrow window has no head. */
function waitCell(cell: WaitCell | null, column: WaitColumn | undefined): Markup {
  const name = [column?.variant, column?.what].filter((part) => part).join(', ');
  if (cell === null) return html`<td data-pair="${name}">–</td>`;
  const { value, verdict } = cell;
  return html`<td class="wait-cell" data-pair="${name}"><span class="wait">${value === '' ? '–' : value}</span>${
    verdict === null
      ? null
      : html` <small class="wait-verdict"><span class="judgement ${toneOf(verdict.judgement)}">${verdict.word}</span> ${keepUnits(verdict.change)}</small>`
  }</td>`;
}
