// The small table below the answer to "which is better?": verdict words with the change and the values before and after.
import { keepUnits } from '../../format/wrap.ts';
import type { AnswerCell, AnswerTable } from '../../words/answer-table.ts';
import { html, type Markup } from '../markup/markup.ts';
import { table } from './layout.ts';

export function answerTableMarkup({ columns, rows, caption }: AnswerTable): Markup {
  const heads = columns.map(({ tells, sides }) => ({
    label: tells === '' ? html`${sides}` : html`${tells}<small>${sides}</small>`,
  }));
  const body = rows.map(
    ({ place, load, cells }) =>
      html`<tr><th scope="row">${place}${load === '' ? '' : html`<small>${keepUnits(load)}</small>`}</th>${cells.map((cell, index) => answerCell(cell, columns[index]?.tells || columns[index]?.sides || ''))}</tr>`,
  );
  return html`<div class="answer-table">${table([{ label: '' }, ...heads], body)}<p class="aside">${caption}</p></div>`;
}

/** `pair` names the cell's column where a narrow window has no head. */
function answerCell(cell: AnswerCell | null, pair: string): Markup {
  if (cell === null) return html`<td data-pair="${pair}">–</td>`;
  return html`<td data-pair="${pair}"><span class="judgement ${toneOf(cell.judgement)}">${cell.word}</span> ${keepUnits(cell.change)}<small>${keepUnits(cell.means)}</small></td>`;
}

/** Class name of a judgement's colour, which only repeats its word. */
export function toneOf(judgement: AnswerCell['judgement']): string {
  if (judgement === 'better') return 'ok';
  if (judgement === 'worse') return 'not-ok';
  return judgement === 'refused' ? 'void' : '';
}
