// The timings that a browser keeps of a page: a script that gathers them from before the page begins, and what they come to. The
// definitions are those of web.dev/articles/vitals; nothing but Chromium tells all of them.
import type { PageTimings } from './protocol.ts';

/** As the script gathers them, in ms since the navigation began. */
export type GatheredTimings = {
  responseStartMs: number | null;
  fcpMs: number | null;
  lcpMs: number | null;
  /** Shifts that no input explains: when, and how much of the window moved by how much. */
  shifts: readonly (readonly [atMs: number, value: number])[];
  /** Events by the interaction that they belong to, each until the next paint. */
  interactions: readonly (readonly [interactionId: number, durationMs: number])[];
};

/** Events shorter than this are told of the first input only, which may have no interaction yet; the browser allows no less. */
const SHORTEST_EVENT_MS = 16;

/** Runs in every page before anything of its own. */
export const GATHER_TIMINGS = `(() => {
  const gathered = { responseStartMs: null, fcpMs: null, lcpMs: null, shifts: [], interactions: [] };
  const observe = (type, take, more) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true, ...more });
  observe('paint', (entry) => { if (entry.name === 'first-contentful-paint') gathered.fcpMs = entry.startTime; });
  observe('largest-contentful-paint', (entry) => { gathered.lcpMs = entry.startTime; });
  observe('layout-shift', (entry) => { if (!entry.hadRecentInput) gathered.shifts.push([entry.startTime, entry.value]); });
  const event = (entry) => { if (entry.interactionId > 0) gathered.interactions.push([entry.interactionId, entry.duration]); };
  observe('event', event, { durationThreshold: ${SHORTEST_EVENT_MS} });
  observe('first-input', (entry) => { gathered.interactions.push([entry.interactionId, entry.duration]); });
  window.__gatheredTimings = gathered;
})()`;

/** Reads them, where they are gathered. */
export const READ_TIMINGS = `({ ...window.__gatheredTimings, responseStartMs: performance.getEntriesByType('navigation')[0]?.responseStart ?? null })`;

/** Shifts belong to one burst while none comes later than this after the one before, and none later than that after the first. */
const BURST_GAP_MS = 1_000;
const LONGEST_BURST_MS = 5_000;

/** The worst burst of shifts: what moves together is felt as one jump. */
export function layoutShiftOf(shifts: GatheredTimings['shifts']): number {
  let worst = 0;
  let burst = { sum: 0, firstMs: Number.NEGATIVE_INFINITY, lastMs: Number.NEGATIVE_INFINITY };
  for (const [atMs, value] of shifts) {
    const isSame = atMs - burst.lastMs < BURST_GAP_MS && atMs - burst.firstMs < LONGEST_BURST_MS;
    burst = isSame
      ? { ...burst, sum: burst.sum + value, lastMs: atMs }
      : { sum: value, firstMs: atMs, lastMs: atMs };
    worst = Math.max(worst, burst.sum);
  }
  return worst;
}

/** The longest interaction, which is what a page with few of them is judged by; null where there was none. */
function interactionOf(interactions: GatheredTimings['interactions']): number | null {
  return interactions.length === 0 ? null : Math.max(...interactions.map(([, durationMs]) => durationMs));
}

/** What was gathered until the click is the page's own; of what came after it only the interaction is. */
export function timingsOf(beforeClick: GatheredTimings, afterClick: GatheredTimings | null): PageTimings {
  return {
    ttfbMs: beforeClick.responseStartMs,
    fcpMs: beforeClick.fcpMs,
    lcpMs: beforeClick.lcpMs,
    cls: layoutShiftOf(beforeClick.shifts),
    inpMs: afterClick === null ? null : interactionOf(afterClick.interactions),
  };
}
