// Elements that follow the chosen span: they show what the span holds, and what the whole run held when it is gone.

import { type LiveValue, liveValue, stageMeans } from './live-value.ts';
import type { View } from './view/shown.ts';

type Original = { text: string; sort: string | undefined; style: string };
const originals = new WeakMap<HTMLElement, Original>();

/** Brings every live element of the page in line with the view. */
export function updateLiveElements(view: View): void {
  for (const element of document.querySelectorAll<HTMLElement>('[data-live]')) {
    const own = original(element);
    const cell = view.tableCell(variantOf(element) ?? view.variant);
    const value =
      view.span && cell ? liveValue(element.dataset.live ?? '', cell, view.histograms, view.span) : null;
    show(element, value, own);
  }
  updateStageBars(view);
  for (const note of document.querySelectorAll<HTMLElement>('.whole-only')) {
    const cell = view.tableCell(variantOf(note) ?? view.variant);
    note.hidden = view.span === null || cell?.failures !== null;
  }
  document.documentElement.classList.toggle('has-span', view.span !== null);
}

function show(element: HTMLElement, value: LiveValue | null, own: Original): void {
  element.textContent = value ? value.text : own.text;
  element.classList.toggle('live', value !== null);
  const sort = value ? String(value.sort) : own.sort;
  if (sort === undefined) delete element.dataset.sort;
  else element.dataset.sort = sort;
}

/** The waterfall's bars: each stage begins where the one before it ends. */
function updateStageBars(view: View): void {
  for (const table of document.querySelectorAll<HTMLElement>('table.waterfall')) {
    const cell = view.tableCell(variantOf(table) ?? view.variant);
    const stages = view.span && cell ? stageMeans(cell, view.histograms, view.span) : null;
    const total = stages?.reduce((sum, { meanMs }) => sum + meanMs, 0) ?? 0;
    for (const bar of table.querySelectorAll<HTMLElement>('[data-stage]')) {
      const own = original(bar);
      if (!stages) {
        bar.setAttribute('style', own.style);
        continue;
      }
      const index = stages.findIndex(({ metric }) => metric === bar.dataset.stage);
      const before = stages.slice(0, Math.max(0, index)).reduce((sum, { meanMs }) => sum + meanMs, 0);
      const share = (part: number) => `${total === 0 ? 0 : (part / total) * 100}%`;
      bar.style.marginLeft = share(before);
      bar.style.width = share(stages[index]?.meanMs ?? 0);
    }
  }
}

function original(element: HTMLElement): Original {
  const known = originals.get(element);
  if (known) return known;
  const fresh = {
    text: element.textContent ?? '',
    sort: element.dataset.sort,
    style: element.getAttribute('style') ?? '',
  };
  originals.set(element, fresh);
  return fresh;
}

function variantOf(element: HTMLElement): string | undefined {
  return element.closest<HTMLElement>('[data-variant]')?.dataset.variant;
}
