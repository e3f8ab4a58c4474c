// The past of the founders' shop: so many orders a day, each by somebody of the hot pool of 1,000 customers (600 with
// orders, 400 without) for something of the hot pool of 1,000 products (700 popular, 300 new); docs/shop-rules.md
// "Selection" and "History".

import { dayWeight } from '../../model/calendar.ts';
import { type CandidatesInput, candidateChoice, chooseCandidates, HOT_POOL } from '../../model/candidates.ts';
import { createBasketDraw } from '../../model/catalogue/basket.ts';
import type { Product } from '../../model/catalogue/catalogue.ts';
import type { Taste } from '../../model/catalogue/taste.ts';
import { createRandom, type Random } from '../../model/chance/random.ts';
import { draw, type WeightedChoice } from '../../model/chance/weighted-choice.ts';
import { hourAtShare } from '../../model/day-times.ts';
import type { Person } from '../../model/person.ts';
import { createGradeLedger, type GradeLedger } from './grade-ledger.ts';
import { emitActions } from './habit-year.ts';
import type { HistorySink } from './history-sink.ts';
import { isKept, makeOrder } from './make-order.ts';
import { makeShoppers } from './people.ts';
import { createProductPool, type ProductPool } from './product-pool.ts';
import { createWaitingList, type WaitingList } from './waiting-list.ts';
import { instantAt, type Year } from './year.ts';

/** Given: so long the same people and products; then the pools turn over, people daily, products weekly (ours). */
const FIXED_DAYS = 7;
/** Ours: candidates are chosen anew every three hours of the shop's clock. */
const CANDIDATE_HOURS = 3;

type PoolYear = {
  year: Year;
  people: Person[];
  tastes: Taste[];
  ledgers: GradeLedger[];
  waiting: WaitingList;
  productPool: ProductPool;
  random: Random;
  actions: Random;
  sink: HistorySink;
};

/** Orders that the founders' calendar gives a history of these days. */
export function poolOrderCount(year: Pick<Year, 'preset' | 'firstDay' | 'dayCount'>): number {
  let total = 0;
  for (let i = 0; i < year.dayCount; i += 1) total += dayWeight(year.preset.calendar, year.firstDay + i);
  return total;
}

/** Generates the history week by week: yields after each week, and once more after the people. */
export function* generatePools(year: Year, scale: number, sink: HistorySink): Generator<number> {
  const shoppers = Array.from(makeShoppers(year, 1, year.settings.people, 1));
  const people = shoppers.map(({ person }) => person);
  const { seed } = year.settings;
  const state: PoolYear = {
    year,
    people,
    tastes: shoppers.map(({ taste }) => taste),
    ledgers: people.map((person) => createGradeLedger(person.id, year.startMs)),
    waiting: createWaitingList(people),
    productPool: createProductPool(year.products),
    random: createRandom(seed, 'pools'),
    actions: createRandom(seed, 'actions'),
    sink,
  };
  let pool: Person[] = [];
  let week = 0;
  for (let i = 0; i < year.dayCount; i += 1) {
    if (i % 7 === 0 && i > 0) {
      yield week;
      week += 1;
      for (const [index, ledger] of state.ledgers.entries()) {
        const person = people[index];
        if (person) person.grade = ledger.gradeAt(instantAt(year.firstDay + i, 0));
      }
    }
    const startsMs = instantAt(year.firstDay + i, 0);
    if (i === 0 || i >= FIXED_DAYS) {
      pool = state.waiting.hotPool(startsMs, HOT_POOL.leastCount);
    }
    if (i % FIXED_DAYS === 0) state.productPool.refresh(startsMs);
    placeOrdersOfDay(state, pool, year.firstDay + i, scale);
  }
  yield week;
  for (const [index, person] of people.entries()) {
    const ledger = state.ledgers[index];
    if (!ledger) continue;
    person.grade = ledger.finish(year.untilMs);
    for (const change of ledger.changes) sink.gradeChange(change);
    sink.person(person);
  }
  yield week + 1;
}

function placeOrdersOfDay(state: PoolYear, pool: Person[], day: number, scale: number): void {
  const { year, random } = state;
  if (pool.length === 0) return;
  const count = poisson(dayWeight(year.preset.calendar, day) * scale, random);
  const hours = Array.from({ length: count }, () => hourAtShare(year.shopTimes, random.uniform()));
  const basket = createBasketDraw(year.preset.basket);
  let choice: WeightedChoice<{ personId: number; score: number }> | null = null;
  let chosenAt = -1;
  for (const hour of hours.sort((a, b) => a - b)) {
    const placedAtMs = instantAt(day, hour);
    if (placedAtMs >= year.untilMs - 1_000) break;
    const period = Math.floor(hour / CANDIDATE_HOURS);
    if (choice === null || period !== chosenAt) {
      choice = candidateChoice(chooseCandidates(candidatesOf(pool, period * CANDIDATE_HOURS, random)));
      chosenAt = period;
    }
    placeOrder(state, draw(choice, random).personId, placedAtMs, basket);
  }
}

function candidatesOf(people: Person[], hour: number, random: Random): CandidatesInput {
  return { people, hour, random };
}

function placeOrder(
  state: PoolYear,
  personId: number,
  placedAtMs: number,
  basket: ReturnType<typeof createBasketDraw>,
): void {
  const { year, random, sink, productPool } = state;
  const person = state.people[personId - 1];
  const ledger = state.ledgers[personId - 1];
  const taste = state.tastes[personId - 1];
  if (!person || !ledger || !taste) throw new Error(`There is no person ${personId}.`);
  const lines = basket((stream): Product => productPool.draw(taste, stream), random, 0);
  const order = makeOrder(year, person, person.grade, placedAtMs, lines, random);
  if (isKept(order)) {
    ledger.add(placedAtMs, order.totalKrw);
    for (const { product } of lines) productPool.count(product);
  }
  person.lastOrderedAtMs = placedAtMs;
  state.waiting.ordered(person);
  sink.order(order);
  emitActions(year, order, person.createdAtMs, state.actions, sink);
}

/** Poisson with this mean: points of a process of rate 1 (at most some thousands a day). */
function poisson(mean: number, random: Random): number {
  let count = 0;
  for (let at = random.exponential(1); at < mean; at += random.exponential(1)) count += 1;
  return count;
}
