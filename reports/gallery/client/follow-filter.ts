// Shows the runs that fit the filter while it is changed, and keeps it in the address, so that a link opens the same
// view. Without this script the form asks the server for the same.
import { filterOfQuery, matchesFilter, queryOfFilter, type RunFilter } from '../run-filter.ts';

/** Calls `draw` now and whenever other trends are to be seen. */
export function followFilter(draw: () => void): void {
  const form = document.querySelector<HTMLFormElement>('#filter');
  if (!form) return;
  const read = () =>
    filterOfQuery(new URLSearchParams([...new FormData(form)].map(([k, v]) => [k, String(v)])));
  const update = () => {
    const filter = read();
    history.replaceState(null, '', `${location.pathname}${queryOfFilter(filter)}`);
    showTrends(filter, showRuns(filter));
    draw();
  };
  form.addEventListener('input', update);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    update();
  });
  // A browser that goes back may fill in the form by itself.
  addEventListener('pageshow', update);
  update();
}

/** Gives how many are shown. */
function showRuns(filter: RunFilter): number {
  const runs = [...document.querySelectorAll<HTMLElement>('.run')];
  for (const run of runs) {
    const { scenario = '', verdict = '', text = '' } = run.dataset;
    run.hidden = !matchesFilter(filter, { scenario, verdict, text });
  }
  const shownCount = runs.filter((run) => !run.hidden).length;
  const output = document.querySelector('#shown-count');
  if (output) output.textContent = `${shownCount} of ${runs.length} ${runs.length === 1 ? 'run' : 'runs'}`;
  const nothing = document.querySelector<HTMLElement>('#nothing-shown');
  if (nothing) nothing.hidden = shownCount > 0;
  return shownCount;
}

function showTrends({ scenario }: RunFilter, shownCount: number): void {
  const whole = document.querySelector<HTMLElement>('#trend-frame');
  if (whole) whole.hidden = shownCount === 0;
  const frame = document.querySelector<HTMLElement>('#trend-groups');
  const missing = document.querySelector<HTMLElement>('#no-trend');
  if (!frame || !missing) return;
  const wanted = scenario === '' ? frame.dataset.newest : scenario;
  const groups = [...frame.querySelectorAll<HTMLElement>('.trend-group')];
  for (const group of groups) group.hidden = group.dataset.scenario !== wanted;
  missing.hidden = groups.some((group) => !group.hidden);
}
