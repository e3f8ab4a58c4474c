// Who the people of a history are and when they signed up: each from a stream of their own, so that any group of them can
// be made without the others, on any worker.
import { type BuyingTime, dayAtWeeks } from '../../model/calendar.ts';
import { drawWealth, type Taste, tasteOf } from '../../model/catalogue/taste.ts';
import { createRandom, type Random } from '../../model/chance/random.ts';
import { hourAtShare } from '../../model/day-times.ts';
import { BASS, bassPlace } from '../../model/growth.ts';
import type { Person } from '../../model/person.ts';
import { createPersonDraw } from '../../model/population.ts';
import { drawScore } from '../../model/propensity.ts';
import { drawLeavingChance, drawRate, type Habit } from '../../model/repeat-purchase.ts';
import { instantAt, type Year } from './year.ts';

/** People among whom rates are matched to propensity; groups that workers make are whole multiples of it. */
export const BLOCK_PEOPLE = 32;
/** Noon's hour multipliers differ least between age bands: the score there stands for the person. */
const REFERENCE_HOUR = 12;
/** Given: the founders' history starts with a fixed set of so many people. */
const FIRST_PEOPLE = 1_000;
const EARLY_MS = 30 * 86_400_000;

/**
 * A person, what they like, how much they spend (a standard normal) and the stream that everything else of theirs is drawn from.
 */
export type Shopper = { person: Person; habit: Habit; taste: Taste; wealth: number; random: Random };

/** People `firstId` … `lastId`, drawn block by block. `firstId` must begin a block. */
export function* makeShoppers(
  year: Year,
  firstId: number,
  lastId: number,
  scale: number,
): Generator<Shopper> {
  const drawPerson = createPersonDraw(year.untilMs);
  const { basket } = year.preset;
  const peopleSigmaLog = basket.kind === 'budget' ? basket.peopleSigmaLog : 0;
  for (let first = firstId; first <= lastId; first += BLOCK_PEOPLE) {
    const last = Math.min(first + BLOCK_PEOPLE - 1, year.settings.people);
    const block: Shopper[] = [];
    for (let id = first; id <= last; id += 1) {
      const random = createRandom(year.settings.seed, 'history', id);
      const person = drawPerson(id, signUpMs(year, id, random), random);
      person.grade = 'BRONZE';
      person.lastOrderedAtMs = null;
      const taste = tasteOf(year.settings.seed, id);
      const wealth = drawWealth(taste, peopleSigmaLog, random);
      block.push({ person, habit: { perWeek: 0, leavingChance: 0 }, taste, wealth, random });
    }
    matchHabits(year, block, first, scale);
    for (const shopper of block) if (shopper.person.id <= lastId) yield shopper;
  }
}

/**
 * Gives the block's people their rates: BG/NBD says which rates there are, propensity whose they are. As many rates as
 * people are drawn; the person with the highest score (marketing boost and life event included) gets the highest rate.
 * Every person's rate still follows the law, because which of the drawn ones they get depends on nothing in the law.
 */
function matchHabits(year: Year, block: Shopper[], first: number, scale: number): void {
  const { buying } = year.preset;
  if (buying.kind !== 'habits') return;
  const random = createRandom(year.settings.seed, 'habits', first);
  const rates = block.map(() => drawRate(buying.law, scale, random)).sort((a, b) => b - a);
  const byScore = block
    .map((shopper) => ({ shopper, score: drawScore(shopper.person, REFERENCE_HOUR, random) }))
    .sort((a, b) => b.score - a.score || a.shopper.person.id - b.shopper.person.id);
  for (const [index, { shopper }] of byScore.entries()) {
    shopper.habit = { perWeek: rates[index] ?? 0, leavingChance: drawLeavingChance(buying.law, random) };
  }
}

/**
 * When a person signs up: along the Bass curve compressed to the history, or within its first day. The founders' first
 * 1,000 were there before: they signed up in the 30 days before the first.
 */
function signUpMs(year: Year, id: number, random: Random): number {
  const { people, growth } = year.settings;
  const uniform = random.uniform();
  if (year.preset.buying.kind === 'pools') {
    const early = growth === 'none' ? people : Math.min(people, FIRST_PEOPLE);
    if (id <= early) return Math.floor(year.startMs - EARLY_MS * (1 - (id - 1 + uniform) / early));
    const place = bassPlace(BASS, id - early - 1, people - early, uniform);
    return instantOfPlace(year, year.signUpTime, place);
  }
  if (growth === 'none')
    return instantAt(year.firstDay, hourAtShare(year.shopTimes, (id - 1 + uniform) / people));
  return instantOfPlace(year, year.signUpTime, bassPlace(BASS, id - 1, people, uniform));
}

/** The instant at a place (0 to 1) of a time that ends with the history. */
function instantOfPlace(year: Year, time: BuyingTime, place: number): number {
  const total = (year.untilMs - year.startMs) / (7 * 86_400_000);
  const weeks = Math.min(place * total, (time.weeksAtDayStart.at(-1) ?? 0) * 0.999999);
  const day = dayAtWeeks(time, weeks) ?? year.firstDay + year.dayCount - 1;
  const from = time.weeksAtDayStart[day - year.firstDay] ?? 0;
  const to = time.weeksAtDayStart[day - year.firstDay + 1] ?? from + 1;
  const instant = instantAt(day, hourAtShare(year.shopTimes, (weeks - from) / (to - from)));
  return Math.min(instant, year.untilMs - 60_000);
}
