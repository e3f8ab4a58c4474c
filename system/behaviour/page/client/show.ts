// What the shop answered, as the page shows it.
import type { BehaviourEntry, BehaviourHistogram } from '../../../contract/behaviour.ts';
import { action, byId, element } from './elements.ts';
import { durationText, seoulText } from './seoul-time.ts';

const SVG = 'http://www.w3.org/2000/svg';
const shown = (instant: string): string => seoulText(instant).replace('T', ' ');

/** Bars by step; a click on one narrows the range to it. */
export function showHistogram(
  histogram: BehaviourHistogram,
  narrow: (from: string, to: string) => void,
): void {
  const { buckets, stepMs, from, to } = histogram;
  const most = Math.max(1, ...buckets.map(({ count }) => count));
  const bars = buckets.map(({ startAt, count }) => {
    const words = `${shown(startAt)}: ${count.toLocaleString('en')}`;
    const bar = action('', () => narrow(startAt, new Date(Date.parse(startAt) + stepMs).toISOString()));
    bar.title = words;
    bar.setAttribute('aria-label', words);
    bar.append(drawn(count / most));
    return bar;
  });
  byId('histogram', HTMLDivElement).replaceChildren(...bars);
  const sum = buckets.reduce((total, { count }) => total + count, 0);
  byId('summary', HTMLParagraphElement).textContent =
    `${sum.toLocaleString('en')} ${sum === 1 ? 'action' : 'actions'}; a bar is ${durationText(stepMs)}, the highest ${most.toLocaleString('en')}`;
  byId('span', HTMLParagraphElement).textContent = `${shown(from)} – ${shown(to)}`;
}

/** A bar of this part of the whole height. As a drawing, because the page allows no styles of its own. */
function drawn(ratio: number): SVGElement {
  const drawing = document.createElementNS(SVG, 'svg');
  drawing.setAttribute('viewBox', '0 0 1 100');
  drawing.setAttribute('preserveAspectRatio', 'none');
  const bar = document.createElementNS(SVG, 'rect');
  const height = ratio === 0 ? 0 : Math.max(1, ratio * 100);
  for (const [name, value] of Object.entries({ x: 0, y: 100 - height, width: 1, height }))
    bar.setAttribute(name, String(value));
  drawing.append(bar);
  return drawing;
}

/** Adds rows; a click on a customer, an action or a target asks for that. */
export function showRows(
  entries: readonly BehaviourEntry[],
  change: (changes: Record<string, string>) => void,
): void {
  const rows = entries.map((entry) => {
    const customerId = String(entry.customerId);
    return element(
      'tr',
      element('td', shown(entry.actedAt)),
      element(
        'td',
        action(`customer ${customerId}`, () => change({ customerId })),
      ),
      element(
        'td',
        action(entry.action, () => change({ action: entry.action })),
      ),
      element('td', targetOf(entry, change)),
    );
  });
  byId('rows', HTMLTableSectionElement).append(...rows);
}

function targetOf(
  { target }: BehaviourEntry,
  change: (changes: Record<string, string>) => void,
): HTMLElement {
  const { type, id, text } = target;
  return id === null
    ? action(`“${text}”`, () => change({ search: text ?? '' }))
    : action(`${type} ${id}`, () => change({ targetType: type, targetId: String(id) }));
}
