// What a history's baskets hold: how many lines, and of which categories.
import type { HistoryChart } from '../../../reports/history/history-page.ts';
import type { Tally } from '../../../sim/history/year/tally.ts';
import { CATEGORIES } from '../../../sim/model/catalogue/categories.ts';
import { type PresetName, presetOf } from '../../../sim/model/presets.ts';
import { ours, reference, shares } from './chart-series.ts';

/** Mean lines of a basket that the calibrated presets were published with. */
const PUBLISHED_MEANS: Partial<Record<PresetName, { shop: string; lines: number; most: number }>> = {
  korea: { shop: 'CDNOW', lines: 2.41, most: 10 },
  instacart: { shop: 'Instacart', lines: 10.1, most: 20 },
  olist: { shop: 'Olist', lines: 1.14, most: 10 },
};

export function baskets(tally: Tally, presetName: PresetName): HistoryChart {
  const { basket } = presetOf(presetName);
  const published = PUBLISHED_MEANS[presetName];
  const most = published?.most ?? 10;
  const sizes = Array.from({ length: most }, (_, i) => i + 1);
  const found = ours('orders', shares(tally.ordersByLineCount.slice(1)).slice(0, most));
  const chart = {
    id: 'baskets',
    title: 'Basket sizes',
    kind: 'bar',
    xLabel: 'lines in the order',
    unit: '% of orders',
    xs: sizes,
  } as const;
  if (basket.kind === 'lines' || published === undefined) {
    const weights = basket.kind === 'lines' ? [reference('configured weights', shares(basket.weights))] : [];
    return { ...chart, note: 'The reference is the preset’s weights.', series: [found, ...weights] };
  }
  const { shop, lines } = published;
  const stop = 1 / lines;
  return {
    ...chart,
    note: `${shop} published a mean of ${lines} lines, not the distribution; the reference is a geometric law of that mean. Baskets here are filled to a budget, so fewer of them stop at the first line.`,
    series: [
      found,
      reference(
        `geometric, mean ${lines}`,
        sizes.map((size) => stop * (1 - stop) ** (size - 1) * 100),
      ),
    ],
  };
}

export function categories(tally: Tally): HistoryChart {
  return {
    id: 'categories',
    title: 'Categories',
    note: 'The reference is how often each category is configured to be bought.',
    kind: 'bar',
    xLabel: 'category',
    unit: '% of order lines',
    xs: CATEGORIES.map(({ englishName }) => englishName),
    series: [
      ours('lines', shares(tally.linesByCategory.slice(1))),
      reference('configured frequency', shares(CATEGORIES.map(({ frequency }) => frequency))),
    ],
  };
}
