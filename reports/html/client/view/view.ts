// What the page shows: which variant, block, route and span, kept in the address, so that a link opens the same view.
import type { PageCell, PageData } from '../../data/page-data.ts';
import { createPageHistograms, type PageHistograms } from './page-histograms.ts';
import type { PageContent } from './read-page-data.ts';
import { ALL_ROUTES, type View } from './shown.ts';
import { type Span, snapToBuckets } from './span.ts';

/** A change of the address; null takes a parameter away. */
export type ViewChange = Partial<
  Record<'variant' | 'level' | 'block' | 'metric' | 'from' | 'to', string | null>
>;

export type ViewControl = { current(): View; change(change: ViewChange): void };

/** Calls `show` with the view of the address, and again after each change and before and after printing. */
export function followView(content: PageContent, show: (view: View, control: ViewControl) => void): void {
  const histograms = createPageHistograms(content.histograms);
  const read = () => new URLSearchParams(location.hash.slice(1));
  let view = viewOf(content.data, histograms, read());
  const control: ViewControl = {
    current: () => view,
    change(change) {
      const parameters = read();
      for (const [name, value] of Object.entries(change)) {
        if (value === null || value === '') parameters.delete(name);
        else parameters.set(name, value);
      }
      const hash = parameters.size === 0 ? '' : `#${parameters}`;
      history.replaceState(null, '', `${location.href.split('#')[0]}${hash}`);
      update();
    },
  };
  const update = () => {
    view = viewOf(content.data, histograms, read());
    for (const part of document.querySelectorAll<HTMLElement>('.of-variant')) {
      part.hidden = part.dataset.variant !== view.variant;
    }
    show(view, control);
  };
  addEventListener('hashchange', update);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', update);
  for (const event of ['beforeprint', 'afterprint']) {
    addEventListener(event, () => {
      document.documentElement.classList.toggle('printing', event === 'beforeprint');
      update();
    });
  }
  update();
}

function viewOf(data: PageData, histograms: PageHistograms, parameters: URLSearchParams): View {
  const wantedName = parameters.get('variant');
  const wantedLevel = parameters.get('level');
  const named = data.variants.filter(({ name }) => name === wantedName);
  const candidates = named.length > 0 ? named : data.variants.slice(0, 1);
  const sameName = data.variants.filter(({ name }) => name === candidates[0]?.name);
  const chosen = sameName.find(({ level }) => level === wantedLevel) ?? candidates[0];
  const variant = chosen?.key ?? '';
  const tableCell = (key: string) => data.cells.find((cell) => cell.variant === key);
  const block = parameters.get('block');
  const cell =
    data.cells.find((own) => own.variant === variant && own.block !== null && `${own.block}` === block) ??
    tableCell(variant);
  const metric = parameters.get('metric') ?? '';
  const routeMetric = data.cells.some((own) => metric in own.histograms) ? metric : ALL_ROUTES;
  return {
    data,
    histograms,
    variant,
    level: chosen?.level ?? null,
    cell,
    tableCell,
    routeMetric,
    span: spanOf(cell, parameters),
  };
}

function spanOf(cell: PageCell | undefined, parameters: URLSearchParams): Span | null {
  const from = Number.parseFloat(parameters.get('from') ?? '');
  const to = Number.parseFloat(parameters.get('to') ?? '');
  return cell && Number.isFinite(from) && to > from ? snapToBuckets(cell, { from, to }) : null;
}
