// What a history is made from: the settings that decide every row, checked once and whole.
import { createHash } from 'node:crypto';
import { DAY_MS, seoulDay, seoulDayStartMs } from '../../model/calendar.ts';
import { PRESET_NAMES, type PresetName } from '../../model/presets.ts';

export type HistorySettings = {
  preset: PresetName;
  seed: number;
  /** People at the end of the history; the operator's account comes on top. */
  people: number;
  products: number;
  /** Whole days before Seoul's midnight at or before `until`. */
  days: number;
  /** Nothing in the history is younger than this instant (Unix ms). */
  untilMs: number;
  /** `bass`: people sign up along the S-curve; `none`: all of them are there from the first day. */
  growth: 'bass' | 'none';
  /** Orders wanted; null: as many as the preset gives. */
  orders: number | null;
  /** Share of orders whose behaviour actions are written, 0 to 1. */
  behaviourRatio: number;
};

export const DEFAULT_SETTINGS = {
  preset: 'korea',
  seed: 1,
  people: 10_000,
  products: 20_000,
  days: 365,
  growth: 'bass',
  orders: null,
  behaviourRatio: 0.1,
} as const satisfies Omit<HistorySettings, 'untilMs'>;

export const MOST_DAYS = 3_660;
/** Ids are 32-bit integers in the shop. */
const MOST_PEOPLE = 100_000_000;
const MOST_PRODUCTS = 1_000_000;
const EARLIEST_MS = Date.UTC(2000, 0, 1);

/** Raised when the code makes other rows from the same settings: a half-loaded history is then not resumed. */
const ROWS_VERSION = 2;

/** Everything that is wrong with the settings, each in one sentence: the thing, the value found, the value needed. */
export function mistakesIn(settings: HistorySettings): string[] {
  const mistakes: string[] = [];
  const whole = (name: string, value: number, least: number, most: number) => {
    if (Number.isSafeInteger(value) && value >= least && value <= most) return;
    mistakes.push(`--${name} is ${value}; needed is a whole number from ${least} to ${most}.`);
  };
  whole('people', settings.people, 1, MOST_PEOPLE);
  whole('products', settings.products, 20, MOST_PRODUCTS);
  whole('days', settings.days, 1, MOST_DAYS);
  whole('seed', settings.seed, 0, Number.MAX_SAFE_INTEGER);
  if (settings.orders !== null) whole('orders', settings.orders, 1, 1_000_000_000);
  if (!(settings.behaviourRatio >= 0 && settings.behaviourRatio <= 1)) {
    mistakes.push(`--behaviour is ${settings.behaviourRatio}; needed is a share from 0 to 1.`);
  }
  if (!PRESET_NAMES.includes(settings.preset)) {
    mistakes.push(`--preset is ${settings.preset}; needed is one of ${PRESET_NAMES.join(', ')}.`);
  }
  if (settings.growth !== 'bass' && settings.growth !== 'none') {
    mistakes.push(`--growth is ${String(settings.growth)}; needed is bass or none.`);
  }
  if (!Number.isFinite(settings.untilMs)) {
    mistakes.push(
      '--until is not a date; needed is one like 2026-12-31, or an instant like 2026-11-20T11:00:00Z.',
    );
  } else if (settings.untilMs - settings.days * DAY_MS < EARLIEST_MS) {
    mistakes.push(
      `--until ${new Date(settings.untilMs).toISOString()} less ${settings.days} days lies before 2000-01-01; needed is a later date or fewer days.`,
    );
  }
  return mistakes;
}

/** First day of the history and the day in which `until` lies (its part before `until` belongs to the history). */
export function spanOf({ days, untilMs }: Pick<HistorySettings, 'days' | 'untilMs'>) {
  const lastDay = seoulDay(untilMs);
  const endsAtMidnight = seoulDayStartMs(lastDay) === untilMs;
  const firstDay = lastDay - days;
  return { firstDay, dayCount: endsAtMidnight ? days : days + 1, startMs: seoulDayStartMs(firstDay) };
}

/** 16 hexadecimal digits that are the same exactly when the rows are. */
export function fingerprintOf(settings: HistorySettings): string {
  const { preset, seed, people, products, days, untilMs, growth, orders, behaviourRatio } = settings;
  const values = [
    ROWS_VERSION,
    preset,
    seed,
    people,
    products,
    days,
    untilMs,
    growth,
    orders,
    behaviourRatio,
  ];
  return createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 16);
}
