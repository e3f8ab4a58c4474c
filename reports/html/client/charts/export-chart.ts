// Charts as files: the picture as it is shown, and the numbers that it was drawn from.

import { type ChartSpec, unitOf } from './chart-spec.ts';
import { describeChart } from './describe-chart.ts';
import { specOf } from './draw-charts.ts';
import { currentPalette } from './palette.ts';

/** Wires the PNG and CSV buttons of every chart. */
export function prepareExports(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-export]')) {
    button.addEventListener('click', () => exportChart(button));
  }
}

function exportChart(button: HTMLButtonElement): void {
  const figure = button.closest('figure');
  const canvas = figure?.querySelector('canvas');
  const spec = canvas && specOf(canvas);
  if (!figure || !canvas || !spec) return;
  const title = figure.querySelector('h3')?.textContent ?? 'chart';
  const name = title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  if (button.dataset.export === 'csv') {
    download(`${name}.csv`, new Blob([csvOf(spec)], { type: 'text/csv' }));
    return;
  }
  pictureOf(canvas, title, spec).toBlob((blob) => {
    if (blob) download(`${name}.png`, blob);
  });
}

/** A column for the axis and one for each line; where lines have their own places on the axis, a row for each place. */
export function csvOf(spec: ChartSpec): string {
  const axis = { time: 'second', nines: 'percentile', block: 'block', rate: spec.axisUnit ?? 'rate' }[
    spec.axis
  ];
  const places = [...new Set(spec.series.flatMap(({ xs }) => xs))].sort((a, b) => a - b);
  const columns = spec.series.map(({ xs, values }) => new Map(xs.map((x, index) => [x, values[index]])));
  const field = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const written = (x: number) =>
    spec.axis === 'nines' ? String(Number((100 * (1 - 10 ** -x)).toPrecision(8))) : String(x);
  const head = [axis, ...spec.series.map((own) => `${own.label} (${unitOf(spec, own)})`)].map(field);
  const rows = places.map((x) => [written(x), ...columns.map((column) => String(column.get(x) ?? ''))]);
  return [head, ...rows].map((row) => `${row.join(',')}\r\n`).join('');
}

/** The canvas on the page's ground, with its title and in words as alternative text where the format has a place. */
function pictureOf(canvas: HTMLCanvasElement, title: string, spec: ChartSpec): HTMLCanvasElement {
  const palette = currentPalette();
  const scale = canvas.width / Math.max(1, canvas.clientWidth);
  const picture = document.createElement('canvas');
  picture.width = canvas.width + 24 * scale;
  picture.height = canvas.height + 48 * scale;
  const context = picture.getContext('2d');
  if (!context) return canvas;
  context.fillStyle = palette.surface;
  context.fillRect(0, 0, picture.width, picture.height);
  context.fillStyle = palette.ink;
  context.font = `600 ${14 * scale}px ${getComputedStyle(document.body).fontFamily}`;
  context.fillText(title, 12 * scale, 24 * scale, picture.width - 24 * scale);
  context.drawImage(canvas, 12 * scale, 36 * scale);
  picture.setAttribute('aria-label', describeChart(title, spec));
  return picture;
}

function download(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
