// A few values as a small line, oldest left; its place is beside a figure that says the newest.
import { html, type Markup } from '../html/markup/markup.ts';

/** Two points are a change, not a course. */
export const FEWEST_POINTS = 3;

const WIDTH = 72;
const HEIGHT = 20;
const EDGE = 3;

/** Null below three values. From 0, so that a small change looks small. */
export function sparkline(values: readonly number[], label: string): Markup | null {
  const last = values.at(-1);
  if (values.length < FEWEST_POINTS || last === undefined) return null;
  const largest = Math.max(...values);
  const x = (index: number) => EDGE + (index / (values.length - 1)) * (WIDTH - 2 * EDGE);
  const y = (value: number) => HEIGHT - EDGE - (largest === 0 ? 0 : (value / largest) * (HEIGHT - 2 * EDGE));
  const points = values.map((value, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`).join(' ');
  return html`<svg class="spark" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${label}"><polyline points="${points}"/><circle cx="${x(values.length - 1).toFixed(1)}" cy="${y(last).toFixed(1)}" r="2.5"/></svg>`;
}
