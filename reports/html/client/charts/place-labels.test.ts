import { expect, test } from 'vitest';
import { type LabelPlace, placeLabels } from './place-labels.ts';

const area = { left: 40, right: 400, rows: 4 };
const covers = (a: LabelPlace, b: LabelPlace) =>
  a.row === b.row && a.left < b.left + b.width && b.left < a.left + a.width;

test('no label covers another, however close their markers are', () => {
  const markers = [50, 52, 60, 200, 202, 390, 398].map((x) => ({ x, width: 110 }));
  const places = placeLabels(markers, area).flatMap((place) => place ?? []);
  expect(places).toHaveLength(markers.length);
  for (const [index, place] of places.entries())
    for (const other of places.slice(index + 1)) expect(covers(place, other)).toBe(false);
  expect(places.every(({ left, width }) => left >= area.left && left + width <= area.right)).toBe(true);
});

test('far from each other they all stand in the first row; what has no room is left out', () => {
  const far = [50, 180, 310].map((x) => ({ x, width: 60 }));
  expect(placeLabels(far, area).map((place) => place?.row)).toEqual([0, 0, 0]);
  const many = Array.from({ length: 6 }, () => ({ x: 100, width: 60 }));
  expect(placeLabels(many, area).map((place) => place?.row)).toEqual([0, 1, 2, 3, undefined, undefined]);
});
