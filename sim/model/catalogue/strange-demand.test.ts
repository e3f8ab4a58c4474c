import { expect, it } from 'vitest';
import { createRandom } from '../chance/random.ts';
import { createStrangeDemand } from './strange-demand.ts';

const items = [
  ...Array.from({ length: 90 }, (_, index) => ({ name: `Lamp no. ${index}`, categoryId: 700 })),
  ...Array.from({ length: 10 }, (_, index) => ({ name: `Desk lamp ${index}`, categoryId: 41 })),
];
const random = createRandom(1, 'strange-demand');

it('wants categories by how many items they have, and only those that are shown', () => {
  const demand = createStrangeDemand(items);
  const drawn = Array.from({ length: 2_000 }, () => demand.drawCategory([41, 700], random)?.id);
  const lampRatio = drawn.filter((id) => id === 700).length / drawn.length;
  expect(lampRatio).toBeGreaterThan(0.85);
  expect(lampRatio).toBeLessThan(0.95);
  expect(demand.drawCategory([41], random)?.id).toBe(41);
  expect(demand.drawCategory([5], random)).toBeNull();
  expect(demand.listingOf(700).shareOfShop).toBe(0.9);
});

it('searches for the first words of names, and knows how much of the shop has them', () => {
  const demand = createStrangeDemand(items);
  const words = Array.from({ length: 400 }, () => demand.drawWord(random));
  expect(new Set(words.map(({ text }) => text))).toEqual(new Set(['Lamp', 'Desk']));
  expect(words.find(({ text }) => text === 'Lamp')?.shareOfShop).toBe(0.9);
});

it('never goes beyond the pages that a list has, and takes at least one piece', () => {
  const demand = createStrangeDemand(items);
  const pages = Array.from({ length: 500 }, () => demand.drawPage(demand.listingOf(700), random));
  expect(Math.max(...pages)).toBeLessThanOrEqual(5);
  const quantities = Array.from({ length: 500 }, () => demand.drawQuantity(41, random));
  expect(Math.min(...quantities)).toBe(1);
  expect(Math.max(...quantities)).toBeLessThanOrEqual(10);
});

it('does with a single item without a name to speak of', () => {
  const demand = createStrangeDemand([{ name: 'X', categoryId: 3 }]);
  expect(demand.drawWord(random).text).toBe('X');
  expect(demand.drawPage(demand.listingOf(3), random)).toBe(1);
});
