// Which variant, block and route the page shows: chosen by its selects and kept in the address, so that a link opens
// the same view.
import type { PageCell, PageData } from '../page-data.ts';

export type View = { variant: string; cell: PageCell | undefined; bandMetric: string };

const DEFAULT_BAND_METRIC = 'http.response';

/** Calls `show` with the view of the address, and again after each change and before and after printing. */
export function followView(data: PageData, show: (view: View) => void): void {
  const selects = {
    variant: document.querySelector<HTMLSelectElement>('#view-bar select[name=variant]'),
    block: document.querySelector<HTMLSelectElement>('#view-bar select[name=block]'),
    metric: document.querySelector<HTMLSelectElement>('#band-metric'),
  };
  fillMetrics(selects.metric, data);
  const read = () => new URLSearchParams(location.hash.slice(1));
  const update = () => {
    const view = viewOf(data, read());
    if (selects.variant) selects.variant.value = view.variant;
    if (selects.block && view.cell) selects.block.value = String(view.cell.block);
    if (selects.metric) selects.metric.value = view.bandMetric;
    for (const part of document.querySelectorAll<HTMLElement>('.of-variant')) {
      part.hidden = part.dataset.variant !== view.variant;
    }
    show(view);
  };
  for (const [name, select] of Object.entries(selects)) {
    select?.addEventListener('change', () => {
      const parameters = read();
      parameters.set(name, select.value);
      history.replaceState(null, '', `#${parameters}`);
      update();
    });
  }
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

function viewOf(data: PageData, parameters: URLSearchParams): View {
  const wanted = parameters.get('variant');
  const variant = data.variants.find(({ key }) => key === wanted)?.key ?? data.variants[0]?.key ?? '';
  const cells = data.cells.filter((cell) => cell.variant === variant);
  const cell = cells.find(({ block }) => String(block) === parameters.get('block')) ?? cells[0];
  const metric = parameters.get('metric') ?? '';
  return { variant, cell, bandMetric: cell && metric in cell.bands ? metric : DEFAULT_BAND_METRIC };
}

function fillMetrics(select: HTMLSelectElement | null, data: PageData): void {
  const metrics = [...new Set(data.cells.flatMap((cell) => Object.keys(cell.bands)))]
    .filter((metric) => metric.startsWith(DEFAULT_BAND_METRIC))
    .sort();
  if (!select || metrics.length < 2) return;
  for (const metric of metrics) {
    const route = metric.slice(DEFAULT_BAND_METRIC.length + 1);
    select.append(new Option(route === '' ? 'all routes' : route, metric));
  }
  select.closest('label')?.removeAttribute('hidden');
}
