// The people and products of a history as they stand at its end, made again without a database: a live run's generator
// and plan know them as the shop does, so that the history's last day joins the run's first minute.
import type { Product } from '../../model/catalogue/catalogue.ts';
import type { Person } from '../../model/person.ts';
import { generatePeople } from './habit-year.ts';
import type { HistorySink } from './history-sink.ts';
import { isKept } from './make-order.ts';
import { orderScale } from './order-scale.ts';
import { generatePools } from './pool-year.ts';
import { type HistorySettings, mistakesIn } from './settings.ts';
import { prepareYear } from './year.ts';

export type HistoryWorld = {
  /** Ids 1 … N with status, grade, sign-up and last order as loadHistory stores them. */
  people: Person[];
  /** Ids 1 … N with their order counts and what is in stock at the end. */
  products: Product[];
  /** Orders that the history holds, whatever became of them. */
  orderCount: number;
};

/**
 * About 25 µs a person and 15 µs an order. Holds all people in memory (not their orders): meant for the sizes that
 * scenarios rehearse with.
 * @throws Error when the settings are wrong, with all mistakes
 */
export function historyWorld(settings: HistorySettings): HistoryWorld {
  const mistakes = mistakesIn(settings);
  if (mistakes.length > 0) throw new Error(mistakes.join('\n'));
  const year = prepareYear({ ...settings, behaviourRatio: 0 });
  const people: Person[] = [];
  const orderCounts = new Int32Array(settings.products + 1);
  let orderCount = 0;
  const sink: HistorySink = {
    person: (person) => void people.push(person),
    order: (order) => {
      orderCount += 1;
      if (!isKept(order)) return;
      for (const { product } of order.lines) orderCounts[product.id] = (orderCounts[product.id] ?? 0) + 1;
    },
    gradeChange: () => undefined,
    action: () => undefined,
  };
  const scale = orderScale(year);
  if (year.preset.buying.kind === 'pools') drain(generatePools(year, scale, sink));
  else generatePeople(year, 1, settings.people, scale, sink);
  const products = year.products.map((product) => ({ ...product, orderCount: orderCounts[product.id] ?? 0 }));
  return { people, products, orderCount };
}

function drain(weeks: Iterable<number>): void {
  for (const _ of weeks);
}
