// One click to a route over time, to the slowest and to the failed.
import { routeMetrics, type View, watchedWait } from './view/shown.ts';
import type { ViewControl } from './view/view.ts';

/** Wires the routes of the tables and the jump buttons. */
export function prepareJumps(control: ViewControl): void {
  document.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>('button') : null;
    if (button?.dataset.route !== undefined) showRoute(control, button.dataset.route);
    if (button?.dataset.jump !== undefined) jump(control, button.dataset.jump);
  });
}

function jump(control: ViewControl, target: string): void {
  const view = control.current();
  switch (target) {
    case 'slowest-moment':
      showSlowestMoment(control);
      break;
    case 'slowest-route':
      showRoute(control, largestRoute(view, 'p99'));
      break;
    case 'failed-route':
      showRoute(control, largestRoute(view, 'failed'));
      break;
    case 'failures':
      scrollTo(document.getElementById('failures'));
      break;
  }
}

function showRoute(control: ViewControl, metric: string | undefined): void {
  if (metric === undefined) return;
  control.change({ metric });
  scrollTo(document.getElementById('route'));
}

/** The route whose cell in the shown table sorts highest. */
function largestRoute({ variant }: View, statistic: 'p99' | 'failed'): string | undefined {
  const cells = [...document.querySelectorAll<HTMLElement>('#routes td[data-live]')].filter((cell) => {
    const part = cell.closest<HTMLElement>('.of-variant');
    const isShown = !part || part.dataset.variant === variant;
    return isShown && cell.dataset.live?.startsWith(`${statistic} http.response/`);
  });
  const sortOf = (cell: HTMLElement) => Number(cell.dataset.sort ?? -1);
  const [first] = cells.sort((a, b) => sortOf(b) - sortOf(a));
  return first?.dataset.live?.slice(statistic.length + 1);
}

/** The measured bucket with the highest p99 of the watched wait, with one bucket either side to see it rise and fall. */
function showSlowestMoment(control: ViewControl): void {
  const { cell, histograms } = control.current();
  const p99 = cell && histograms.bands(cell, watchedWait(cell))?.p99.values;
  if (!cell || !p99) return;
  const measured = cell.seconds.flatMap((second, bucket) => {
    const value = p99[bucket];
    const isMeasured = second >= 0 && second + cell.bucketSeconds <= cell.durationSeconds;
    return isMeasured && typeof value === 'number' ? [{ second, value }] : [];
  });
  const slowest = measured.reduce<{ second: number; value: number } | null>(
    (a, b) => (a === null || b.value > a.value ? b : a),
    null,
  );
  if (!slowest) return;
  const { bucketSeconds } = cell;
  control.change({
    from: `${Math.max(0, slowest.second - bucketSeconds)}`,
    to: `${Math.min(cell.durationSeconds, slowest.second + 2 * bucketSeconds)}`,
  });
}

function scrollTo(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'start' });
}

/** Fills the select of routes once and keeps it on the shown one. */
export function prepareRouteSelect(control: ViewControl): (view: View) => void {
  const select = document.querySelector<HTMLSelectElement>('#band-metric');
  select?.addEventListener('change', () => control.change({ metric: select.value }));
  return (view) => {
    if (!select) return;
    if (select.options.length === 0) {
      for (const metric of routeMetrics(view)) {
        const slash = metric.indexOf('/');
        select.append(new Option(slash === -1 ? 'all routes' : metric.slice(slash + 1), metric));
      }
    }
    select.value = view.routeMetric;
  };
}
