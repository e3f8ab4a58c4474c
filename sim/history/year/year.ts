// Everything about a history that all its people share, made once per process: the catalogue, the days and hours, the laws
// of the preset.

import { type BuyingTime, buyingTime, seoulDay, seoulDayStartMs, weeksAt } from '../../model/calendar.ts';
import { type BasketLine, createBasketDraw } from '../../model/catalogue/basket.ts';
import { generateCatalogue, type Product } from '../../model/catalogue/catalogue.ts';
import type { Taste } from '../../model/catalogue/taste.ts';
import { createTastedDraw } from '../../model/catalogue/tasted-draw.ts';
import type { Random } from '../../model/chance/random.ts';
import { type DayTimes, fitDayTimes, hourAtShare, shareAtHour, shopDayTimes } from '../../model/day-times.ts';
import { AGE_BANDS, type AgeBand } from '../../model/person.ts';
import { POPULATION } from '../../model/population.ts';
import { type HistoryPreset, presetOf } from '../../model/presets.ts';
import { PROPENSITY } from '../../model/propensity.ts';
import { type HistorySettings, spanOf } from './settings.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Ours: this share of the catalogue is registered during the history, the rest in the two years before it. */
const NEW_PRODUCT_RATIO = 0.1;
const BEFORE_DAYS = 730;
const MAX_PRODUCT_DRAWS = 50;

export type Year = {
  settings: HistorySettings;
  preset: HistoryPreset;
  firstDay: number;
  dayCount: number;
  startMs: number;
  untilMs: number;
  /** Time that runs with the buying, see model/calendar.ts. */
  time: BuyingTime;
  /** The same for sign-ups, which keep to weekdays and know no campaigns. */
  signUpTime: BuyingTime;
  /** Buying time at `untilMs`. */
  untilWeeks: number;
  shopTimes: Float64Array;
  dayTimes: DayTimes;
  products: readonly Product[];
  /** A basket of products that were registered by then, for a person of this taste and wealth, from their stream. */
  drawBasket(atMs: number, buyer: { taste: Taste; wealth: number; random: Random }): BasketLine[];
};

/** Prepares a history; the same settings give the same. */
export function prepareYear(settings: HistorySettings): Year {
  const preset = presetOf(settings.preset);
  const { firstDay, dayCount, startMs } = spanOf(settings);
  const { untilMs } = settings;
  const time = buyingTime(preset.calendar, firstDay, dayCount);
  const shopTimes = shopDayTimes(preset.hours);
  const weekdaysOnly = { ...preset.calendar, months: new Array<number>(12).fill(1), campaigns: {} };
  const products = historyCatalogue(settings);
  const weights = Float64Array.from(products, (product) => product.popularityWeight);
  const tastedDraw = createTastedDraw(products, weights);
  const basket = createBasketDraw(preset.basket);
  const drawProduct = (atMs: number, taste: Taste) => (random: Random) => {
    for (let attempt = 1; ; attempt += 1) {
      const product = tastedDraw(taste, random);
      if (product.registeredAtMs <= atMs || attempt === MAX_PRODUCT_DRAWS) return product;
    }
  };
  return {
    settings,
    preset,
    firstDay,
    dayCount,
    startMs,
    untilMs,
    time,
    signUpTime: buyingTime(weekdaysOnly, firstDay, dayCount),
    untilWeeks: weeksUntil(time, shopTimes, untilMs),
    shopTimes,
    dayTimes: fitDayTimes(preset.hours, bandShares()),
    products,
    drawBasket: (atMs, { taste, wealth, random }) => basket(drawProduct(atMs, taste), random, wealth),
  };
}

/** The products 1 … N of a history as they stand at its end: what is in stock is left after all its orders. */
export function historyCatalogue(
  settings: Pick<HistorySettings, 'seed' | 'products' | 'days' | 'untilMs'>,
): Product[] {
  const { startMs } = spanOf(settings);
  const { untilMs } = settings;
  const products = generateCatalogue({ seed: settings.seed, productCount: settings.products, asOf: untilMs });
  const spanMs = BEFORE_DAYS * DAY_MS;
  for (const product of products) {
    const place = Math.min(1, Math.max(0, 1 - (untilMs - product.registeredAtMs) / spanMs));
    product.registeredAtMs = Math.floor(
      place < 1 - NEW_PRODUCT_RATIO
        ? startMs - spanMs * (1 - place / (1 - NEW_PRODUCT_RATIO))
        : startMs + ((place - 1 + NEW_PRODUCT_RATIO) / NEW_PRODUCT_RATIO) * (untilMs - startMs),
    );
    product.orderCount = 0;
  }
  return products;
}

/** The instant at an hour (0 to 24, with its fraction) of Seoul's day. */
export function instantAt(day: number, hour: number): number {
  return seoulDayStartMs(day) + Math.floor(hour * HOUR_MS);
}

/** An instant at which this age band may order on that day, not before `leastHour`. */
export function drawInstant(
  year: Year,
  ageBand: AgeBand,
  day: number,
  leastHour: number,
  random: Random,
): number {
  const times = year.dayTimes[ageBand];
  const from = shareAtHour(times, leastHour);
  return instantAt(day, hourAtShare(times, from + random.uniform() * (1 - from)));
}

/** Hour of Seoul's day, with its fraction. */
export function hourOf(unixMs: number): number {
  return (unixMs - seoulDayStartMs(seoulDay(unixMs))) / HOUR_MS;
}

/**
 * Share of all orders that each age band places, up to a factor: its share of people. (Who of them buys how often is
 * matched to propensity, whose age band score differs too little to be seen here.)
 */
function bandShares(): Record<AgeBand, number> {
  const { ageBands } = POPULATION;
  const mean = meanScoreBesidesAge();
  return Object.fromEntries(
    AGE_BANDS.map((band) => [band, ageBands[band] * (PROPENSITY.ageBand[band] + mean)]),
  ) as Record<AgeBand, number>;
}

/** Mean of gender, status, consent and grade scores of a new person (docs/shop-rules.md "Propensity"). */
function meanScoreBesidesAge(): number {
  const { gender, status, marketingConsent, grade } = PROPENSITY;
  const consent = POPULATION.marketingConsentRatio;
  return (
    0.53 * gender.F +
    0.47 * gender.M +
    0.8 * status.ACTIVE +
    0.2 * status.DORMANT +
    consent * marketingConsent.yes +
    (1 - consent) * marketingConsent.no +
    grade.BRONZE
  );
}

function weeksUntil(time: BuyingTime, shopTimes: Float64Array, untilMs: number): number {
  const day = seoulDay(untilMs);
  if (day >= time.firstDay + time.weeksAtDayStart.length - 1) return time.weeksAtDayStart.at(-1) ?? 0;
  return weeksAt(time, day, shareAtHour(shopTimes, hourOf(untilMs)));
}
