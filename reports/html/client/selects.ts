// The selects of the variant, level and block shown.
import type { View } from './view/shown.ts';
import type { ViewControl } from './view/view.ts';

const NAMES = ['variant', 'level', 'block'] as const;

/** Wires the selects once; the returned function brings them in line with a view. */
export function prepareSelects(control: ViewControl): (view: View) => void {
  const selects = NAMES.flatMap((name) => {
    const select = document.querySelector<HTMLSelectElement>(`#view-bar select[name=${name}]`);
    return select ? [{ name, select }] : [];
  });
  for (const { name, select } of selects) {
    select.addEventListener('change', () => control.change({ [name]: select.value }));
  }
  return (view) => {
    const variant = view.data.variants.find(({ key }) => key === view.variant);
    const block = view.cell?.block;
    const blockCount = view.data.cells.filter((cell) => cell.variant === view.variant).length;
    const values = {
      variant: variant?.name ?? '',
      level: view.level ?? '',
      block: blockCount === 1 || block === null || block === undefined ? '' : String(block),
    };
    for (const { name, select } of selects) select.value = values[name];
  };
}
