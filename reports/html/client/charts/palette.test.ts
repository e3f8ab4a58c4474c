import { expect, test } from 'vitest';
import { type Palette, seriesColour, seriesDash } from './palette.ts';

test('as many processes as a shop has are told apart by dash alone', () => {
  const dashes = Array.from({ length: 12 }, (_, index) => seriesDash(index).join(' '));
  expect(new Set(dashes).size).toBe(dashes.length);
});

test('colours begin again where a chart has more lines than there are', () => {
  const palette = { ink: '#000', series: ['#111', '#222'] } as Palette;
  expect([0, 1, 2].map((index) => seriesColour(palette, index))).toEqual(['#111', '#222', '#111']);
});
