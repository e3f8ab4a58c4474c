// Chooses a span of the run: by dragging over the strip (mouse, pen, finger) or over a chart (mouse), or with the two
// range inputs. While one drags only the marking follows; charts and tables follow when the choice is made.
import { Chart } from 'chart.js';
import { formatClock } from '../../format/format.ts';
import { specOf } from './charts/draw-charts.ts';
import { drawStrip, stripRange } from './timeline-strip.ts';
import type { View } from './view/shown.ts';
import { type Span, snapToBuckets } from './view/span.ts';
import type { ViewControl } from './view/view.ts';

/** Drags shorter than this are clicks. */
const LEAST_DRAG_PIXELS = 5;
const SETTLE_MS = 150;

type Parts = {
  strip: HTMLElement;
  svg: SVGSVGElement;
  brush: HTMLElement;
  from: HTMLInputElement;
  to: HTMLInputElement;
  text: HTMLOutputElement;
  reset: HTMLButtonElement;
};

/** Wires the timeline once; the returned function brings it in line with a view. */
export function prepareTimeline(control: ViewControl): (view: View) => void {
  const parts = findParts();
  if (!parts) return () => undefined;
  const { strip, from, to, reset } = parts;
  const mark = (span: Span | null) => showSpan(parts, control.current(), span);
  const choose = (span: Span) => {
    const { cell } = control.current();
    const snapped = cell && snapToBuckets(cell, span);
    control.change({ from: snapped ? `${snapped.from}` : null, to: snapped ? `${snapped.to}` : null });
  };
  watchDrags({
    element: strip,
    accepts: () => true,
    secondAt: (x) => {
      const { cell } = control.current();
      const range = cell ? stripRange(cell) : { from: 0, to: 1 };
      const box = strip.getBoundingClientRect();
      return range.from + ((x - box.left) / Math.max(1, box.width)) * (range.to - range.from);
    },
    mark,
    choose,
    cancel: () => mark(control.current().span),
  });
  for (const canvas of document.querySelectorAll<HTMLCanvasElement>('figure[data-chart] canvas')) {
    watchDrags({
      element: canvas,
      accepts: (event) => event.pointerType === 'mouse' && specOf(canvas)?.axis === 'time',
      secondAt: (x) =>
        Chart.getChart(canvas)?.scales.x?.getValueForPixel(x - canvas.getBoundingClientRect().left) ?? 0,
      mark,
      choose,
      cancel: () => mark(control.current().span),
    });
  }
  watchRanges(from, to, mark, choose);
  reset.addEventListener('click', () => control.change({ from: null, to: null }));
  return (view) => showView(parts, view);
}

function findParts(): Parts | null {
  const bar = document.getElementById('view-bar');
  const find = <E extends Element>(selector: string) => bar?.querySelector<E>(selector) ?? null;
  const strip = find<HTMLElement>('#strip');
  const svg = find<SVGSVGElement>('#strip svg');
  const brush = find<HTMLElement>('#strip .brush');
  const from = find<HTMLInputElement>('input[name=from]');
  const to = find<HTMLInputElement>('input[name=to]');
  const text = find<HTMLOutputElement>('#span-text');
  const reset = find<HTMLButtonElement>('#span-reset');
  bar?.addEventListener('submit', (event) => event.preventDefault());
  return strip && svg && brush && from && to && text && reset
    ? { strip, svg, brush, from, to, text, reset }
    : null;
}

function showView(parts: Parts, view: View): void {
  const { cell } = view;
  if (!cell) return;
  drawStrip(parts.svg, cell, view.histograms);
  const range = stripRange(cell);
  for (const input of [parts.from, parts.to]) {
    input.min = `${range.from}`;
    input.max = `${range.to}`;
    input.step = `${cell.bucketSeconds}`;
  }
  showSpan(parts, view, view.span);
}

function showSpan({ brush, from, to, text, reset }: Parts, view: View, span: Span | null): void {
  const { cell } = view;
  if (!cell) return;
  const range = stripRange(cell);
  const shown = span ?? range;
  const place = (second: number) => ((second - range.from) / Math.max(1, range.to - range.from)) * 100;
  brush.hidden = span === null;
  brush.style.left = `${place(shown.from)}%`;
  brush.style.width = `${place(shown.to) - place(shown.from)}%`;
  from.value = `${shown.from}`;
  to.value = `${shown.to}`;
  from.setAttribute('aria-valuetext', formatClock(shown.from));
  to.setAttribute('aria-valuetext', formatClock(shown.to));
  reset.disabled = span === null;
  const length = Math.round(shown.to - shown.from);
  text.textContent = span
    ? `${formatClock(shown.from)} – ${formatClock(shown.to)} (${length} s)`
    : `whole run, measured 00:00 – ${formatClock(cell.durationSeconds)}`;
}

type Drag = {
  element: HTMLElement;
  accepts: (event: PointerEvent) => boolean;
  secondAt: (clientX: number) => number;
  mark: (span: Span) => void;
  choose: (span: Span) => void;
  cancel: () => void;
};

function watchDrags({ element, accepts, secondAt, mark, choose, cancel }: Drag): void {
  let startX: number | null = null;
  const spanTo = (x: number, start: number): Span => {
    const [a, b] = [secondAt(start), secondAt(x)];
    return { from: Math.min(a, b), to: Math.max(a, b) };
  };
  element.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || !accepts(event)) return;
    startX = event.clientX;
    element.setPointerCapture(event.pointerId);
  });
  element.addEventListener('pointermove', (event) => {
    if (startX !== null && Math.abs(event.clientX - startX) >= LEAST_DRAG_PIXELS) {
      mark(spanTo(event.clientX, startX));
    }
  });
  element.addEventListener('pointerup', (event) => {
    if (startX === null) return;
    const start = startX;
    startX = null;
    if (Math.abs(event.clientX - start) >= LEAST_DRAG_PIXELS) choose(spanTo(event.clientX, start));
    else cancel();
  });
  element.addEventListener('pointercancel', () => {
    startX = null;
    cancel();
  });
}

/** The ends push each other along, so that at least one step lies between them. */
function watchRanges(
  from: HTMLInputElement,
  to: HTMLInputElement,
  mark: (span: Span) => void,
  choose: (span: Span) => void,
): void {
  let settling: ReturnType<typeof setTimeout> | undefined;
  const follow = (moved: HTMLInputElement) => {
    const step = Number(moved.step) || 1;
    const isFrom = moved === from;
    const least = Math.max(Number(from.min), Math.min(Number(from.value), Number(to.max) - step));
    const span = isFrom
      ? { from: least, to: Math.max(Number(to.value), least + step) }
      : {
          from: Math.min(Number(from.value), Math.max(Number(to.value) - step, Number(from.min))),
          to: Math.max(Number(to.value), Number(from.min) + step),
        };
    mark(span);
    clearTimeout(settling);
    settling = setTimeout(() => choose(span), SETTLE_MS);
  };
  for (const input of [from, to]) input.addEventListener('input', () => follow(input));
}
