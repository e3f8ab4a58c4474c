// Tables that sort by a click on a column's heading; a second click turns the order round.

/** Wires every table of class `sortable`. */
export function prepareSortableTables(): void {
  for (const table of document.querySelectorAll<HTMLTableElement>('table.sortable')) {
    for (const [column, button] of [...table.querySelectorAll('thead button')].entries()) {
      button.addEventListener('click', () => sortBy(table, column));
    }
  }
}

function sortBy(table: HTMLTableElement, column: number): void {
  const heads = [...table.querySelectorAll('thead th')];
  const head = heads[column];
  const body = table.tBodies[0];
  if (!head || !body) return;
  const isNumber = head.classList.contains('number');
  // Numbers start with the largest, names with A.
  const before = head.getAttribute('aria-sort');
  const direction =
    before === null
      ? isNumber
        ? 'descending'
        : 'ascending'
      : before === 'ascending'
        ? 'descending'
        : 'ascending';
  for (const other of heads) other.removeAttribute('aria-sort');
  head.setAttribute('aria-sort', direction);
  const sign = direction === 'ascending' ? 1 : -1;
  const rows = [...body.rows].sort((a, b) => sign * compare(a.cells[column], b.cells[column], isNumber));
  body.append(...rows);
}

function compare(
  a: HTMLTableCellElement | undefined,
  b: HTMLTableCellElement | undefined,
  isNumber: boolean,
): number {
  if (isNumber) return Number(a?.dataset.sort ?? 0) - Number(b?.dataset.sort ?? 0);
  return (a?.textContent ?? '').localeCompare(b?.textContent ?? '');
}
