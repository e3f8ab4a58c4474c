// The past of people who buy by their own habit (calibrated presets): how often and until when by BG/NBD in buying time,
// on which day by the calendar, at which hour by age band. No person depends on another's orders.
import { dayAtWeeks, seoulDay, weeksAt } from '../../model/calendar.ts';
import { createRandom, type Random } from '../../model/chance/random.ts';
import { shareAtHour } from '../../model/day-times.ts';
import type { Person } from '../../model/person.ts';
import { drawRepeats, type Habit } from '../../model/repeat-purchase.ts';
import { createGradeLedger } from './grade-ledger.ts';
import type { HistorySink } from './history-sink.ts';
import { type HistoryOrder, isKept, makeOrder } from './make-order.ts';
import { orderActions } from './order-actions.ts';
import { makeShoppers, type Shopper } from './people.ts';
import { drawInstant, hourOf, type Year } from './year.ts';

/** Minutes from the sign-up to the first order of those who buy on that visit (ours). */
const FIRST_VISIT_MINUTES: [number, number] = [2, 15];

/** Generates people `firstId` … `lastId` with all their orders; `scale` multiplies their rates. */
export function generatePeople(
  year: Year,
  firstId: number,
  lastId: number,
  scale: number,
  sink: HistorySink,
): void {
  for (const shopper of makeShoppers(year, firstId, lastId, scale)) generatePerson(year, shopper, sink);
}

/** Each person's order instants without baskets; the same as in generatePeople. */
export function* instantsOfPeople(
  year: Year,
  firstId: number,
  lastId: number,
  scale: number,
): Generator<{ person: Person; instants: number[] }> {
  for (const { person, habit, random } of makeShoppers(year, firstId, lastId, scale)) {
    const instants = orderInstants(year, person, habit, random).filter((at) => at < year.untilMs - 1_000);
    yield { person, instants };
  }
}

/** How many orders these people place: the same draws without their baskets. */
export function countOrders(year: Year, firstId: number, lastId: number, scale: number): number {
  let count = 0;
  for (const { instants } of instantsOfPeople(year, firstId, lastId, scale)) count += instants.length;
  return count;
}

function generatePerson(year: Year, shopper: Shopper, sink: HistorySink): void {
  const { person, habit, random } = shopper;
  const ledger = createGradeLedger(person.id, year.startMs);
  const instants = orderInstants(year, person, habit, random);
  // Only who orders needs a stream for what they did before it.
  const actions = instants.length === 0 ? random : createRandom(year.settings.seed, 'actions', person.id);
  for (const placedAtMs of instants) {
    if (placedAtMs >= year.untilMs - 1_000) continue;
    const grade = ledger.gradeAt(placedAtMs);
    const lines = year.drawBasket(placedAtMs, shopper);
    const order = makeOrder(year, person, grade, placedAtMs, lines, random);
    if (isKept(order)) ledger.add(placedAtMs, order.totalKrw);
    person.lastOrderedAtMs = placedAtMs;
    sink.order(order);
    emitActions(year, order, person.createdAtMs, actions, sink);
  }
  person.grade = ledger.finish(year.untilMs);
  for (const change of ledger.changes) sink.gradeChange(change);
  sink.person(person);
}

/** The order's behaviour, for the share of orders that is asked for. */
export function emitActions(
  year: Year,
  order: HistoryOrder,
  earliestMs: number,
  random: Random,
  sink: HistorySink,
): void {
  if (!random.chance(year.settings.behaviourRatio)) return;
  for (const action of orderActions(order, earliestMs, random)) sink.action(action);
}

/** Instants of a person's orders, ascending. */
function orderInstants(year: Year, person: Person, habit: Habit, random: Random): number[] {
  const { buying } = year.preset;
  if (buying.kind !== 'habits') throw new Error('A preset without habits has no orders by habit.');
  const first = firstOrderMs(year, person, buying, random);
  if (first === null) return [];
  const firstDay = seoulDay(first);
  const firstWeeks = weeksAt(year.time, firstDay, shareAtHour(year.dayTimes[person.ageBand], hourOf(first)));
  const instants = [first];
  let lastMs = first;
  for (const weeks of drawRepeats(habit, year.untilWeeks - firstWeeks, random)) {
    const day = dayAtWeeks(year.time, firstWeeks + weeks);
    if (day === null) break;
    lastMs = drawInstant(year, person.ageBand, day, day === seoulDay(lastMs) ? hourOf(lastMs) : 0, random);
    instants.push(lastMs);
  }
  return instants;
}

function firstOrderMs(
  year: Year,
  person: Person,
  buying: { firstVisitRatio: number; firstWaitWeeks: number },
  random: Random,
): number | null {
  const signUp = person.createdAtMs;
  const day = seoulDay(signUp);
  if (random.chance(buying.firstVisitRatio)) {
    return signUp + Math.floor(random.integer(...FIRST_VISIT_MINUTES) * 60_000 * (0.5 + random.uniform()));
  }
  const signUpWeeks = weeksAt(year.time, day, shareAtHour(year.shopTimes, hourOf(signUp)));
  const weeks = signUpWeeks + random.exponential(1 / buying.firstWaitWeeks);
  const orderDay = dayAtWeeks(year.time, weeks);
  if (orderDay === null) return null;
  return drawInstant(year, person.ageBand, orderDay, orderDay === day ? hourOf(signUp) : 0, random);
}
