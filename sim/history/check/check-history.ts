// The realism tests of a history (docs/realism.md): (a) it reproduces its own configuration, (b) the configuration lies
// in the published ranges. Each line has its source; both kinds are kept apart and never make up for each other.
import { dayText, seoulDay, seoulDayStartMs } from '../../model/calendar.ts';
import { presetOf } from '../../model/presets.ts';
import { type HistorySettings, spanOf } from '../year/settings.ts';
import type { CheckLine } from './check-line.ts';
import { curveLines, growthLines, habitLines } from './configuration-lines.ts';
import { cohortLines, customerLines, gradeLines, popularityLines, shopLines } from './published-lines.ts';
import { type Sample, sampleCohort, sampleHistory } from './sample-history.ts';

/** Enough people for a refit whose own error is small beside 15 % (b of BG/NBD: 6 %), and for a VIP share of 0.2 %. */
const REFIT_PEOPLE = 60_000;
/** With fewer orders, chance alone can leave the range of a curve's total variation (24 hours: 0.0125 on average). */
const LEAST_ORDERS = 25_000;
const DAYS_OF_YEAR = 365;

export type Check = {
  lines: CheckLine[];
  /** What the two kinds of lines were measured on, in words. */
  basis: { a: string; b: string };
};

/**
 * Makes histories in memory and holds them against their configuration and the published ranges.
 *
 * (a) is measured on the history asked for; one of fewer than 25,000 orders is measured with more people. (b) belongs to
 * the preset, whatever part of a year is asked for: it is measured on the last whole calendar year before the end, because
 * published figures are of such years (a half-year that ends in June has fewer VIPs than one with November in it), with
 * sign-ups along the Bass curve for calendar and grades, and everybody there from the first day for customers and cohorts.
 */
export function checkHistory(settings: HistorySettings): Check {
  const preset = presetOf(settings.preset);
  const asked = sampleLargeEnough(settings);
  const lines = curveLines(asked, preset);
  if (preset.buying.kind === 'pools') {
    const year = sampleHistory(calendarYear(settings));
    lines.push(...shopLines(year, settings.preset), ...customerLines(year));
    lines.push(...gradeLines(year), ...popularityLines(year));
    return { lines: sorted(lines), basis: { a: describe(asked), b: describe(year) } };
  }
  if (settings.growth === 'bass') lines.push(...growthLines(asked));
  const people = Math.max(settings.people, REFIT_PEOPLE);
  const year = { ...calendarYear(settings), people, orders: null };
  const growing = sampleHistory({ ...year, growth: 'bass' });
  const observed = sampleHistory({ ...year, growth: 'none' });
  const cohort = sampleCohort(year, people);
  lines.push(
    ...habitLines(cohort, preset),
    ...shopLines(growing, settings.preset),
    ...cohortLines(cohort),
    ...customerLines(observed),
    ...gradeLines(growing),
    ...popularityLines(observed),
  );
  return { lines: sorted(lines), basis: { a: describe(asked), b: describe(growing) } };
}

function sampleLargeEnough(settings: HistorySettings): Sample {
  const sample = sampleHistory(settings);
  const { orderCount } = sample.tally;
  // The founders' volumes are given per day: more people would not order more.
  if (orderCount >= LEAST_ORDERS || presetOf(settings.preset).buying.kind === 'pools') return sample;
  const factor = (LEAST_ORDERS * 1.1) / Math.max(1, orderCount);
  return sampleHistory({
    ...settings,
    people: Math.ceil(settings.people * factor),
    orders: settings.orders === null ? null : Math.ceil(settings.orders * factor),
  });
}

/** The last whole calendar year at or before the history's end. */
function calendarYear(settings: HistorySettings): HistorySettings {
  const year = Number(dayText(seoulDay(settings.untilMs)).slice(0, 4));
  const untilMs = seoulDayStartMs(Date.UTC(year, 0, 1) / 86_400_000);
  return { ...settings, days: DAYS_OF_YEAR, untilMs };
}

function describe({ year: { settings }, tally }: Sample): string {
  const { firstDay, dayCount } = spanOf(settings);
  const count = (value: number): string => value.toLocaleString('en-GB');
  return `${count(settings.people)} people, ${count(tally.orderCount)} orders, ${dayText(firstDay)} to ${dayText(firstDay + dayCount - 1)}`;
}

function sorted(lines: CheckLine[]): CheckLine[] {
  return lines.sort((x, y) => x.kind.localeCompare(y.kind));
}
