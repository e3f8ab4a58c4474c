// The lines of kind (a): a history reproduces its own configuration.
import { CATEGORIES } from '../../model/catalogue/categories.ts';
import { fitBass, fitRepeatPurchase } from '../../model/fit-laws.ts';
import { BASS } from '../../model/growth.ts';
import { ORDER_VOLUME_CURVES } from '../../model/hour-curves.ts';
import { REGIONS } from '../../model/person.ts';
import { POPULATION } from '../../model/population.ts';
import type { HistoryPreset } from '../../model/presets.ts';
import { repeatShare } from '../../model/repeat-purchase.ts';
import { type CheckLine, checkLine, decimals, type Figure } from './check-line.ts';
import type { Cohort, Sample } from './sample-history.ts';
import { chiSquareP, kolmogorovSmirnovP, sum, totalVariation } from './statistics.ts';

/** A larger sample would tell the day's grid apart from the continuous law. */
const KS_SAMPLE = 2_000;
const KS_WEEKS = 40;

const line = (figure: Figure): CheckLine => checkLine('a', figure);

/** Its curves and weights, from at least 25,000 orders: fewer leave them by chance alone. */
export function curveLines({ year, tally }: Sample, preset: HistoryPreset): CheckLine[] {
  const distance = (name: string, found: readonly number[], expected: readonly number[]): CheckLine =>
    line({
      figure: `${name}: total variation to the configured curve`,
      source: 'configuration',
      value: totalVariation(found, expected),
      range: [-Infinity, 0.02],
    });
  const frequencies = CATEGORIES.map(({ frequency }) => frequency);
  const regions = REGIONS.map((region) => POPULATION.regions[region]);
  const lines = [
    distance('hours', tally.ordersByHour, ORDER_VOLUME_CURVES[preset.hours]),
    distance('categories', tally.linesByCategory.slice(1), frequencies),
    line({
      figure: 'regions: p of χ²',
      source: 'shop-rules.md, People',
      value: chiSquareP(tally.peopleByRegion, regions),
      range: [0.001, Infinity],
    }),
  ];
  if (preset.basket.kind === 'lines') {
    lines.push(distance('lines a basket', tally.ordersByLineCount.slice(1, 11), preset.basket.weights));
  }
  // A shorter history has its campaign weeks on some weekdays only as chance will have it.
  if (Math.abs(year.dayCount - 365) <= 1) {
    lines.push(distance('weekdays', tally.ordersByWeekday, preset.calendar.weekdays));
  }
  return lines;
}

/** The Bass curve of the sign-ups, refitted. */
export function growthLines({ tally: { signUpsByDay }, year }: Sample): CheckLine[] {
  // The curve is compressed to the history: a week of it is a fiftieth part and a bit of the history.
  const step = year.dayCount / BASS.weeks;
  const byWeek = Array.from({ length: BASS.weeks }, (_, week) =>
    cumulatedAt(signUpsByDay, (week + 1) * step),
  );
  const { p, q } = fitBass(byWeek);
  const refit = (name: 'p' | 'q', source: string, value: number, digits: number): CheckLine =>
    line({
      figure: `sign-ups: Bass ${name} refitted`,
      source,
      value,
      range: [BASS[name] * 0.9, BASS[name] * 1.1],
      write: decimals(digits),
    });
  return [refit('p', '.00714 ± 10 %', p, 5), refit('q', '.0905 ± 10 %', q, 4)];
}

function cumulatedAt(byDay: readonly number[], days: number): number {
  const whole = Math.floor(days);
  return sum(byDay.slice(0, whole)) + (days - whole) * (byDay[whole] ?? 0);
}

/** BG/NBD refitted on a cohort that was observed for a year. */
export function habitLines(cohort: Cohort, preset: HistoryPreset): CheckLine[] {
  if (preset.buying.kind !== 'habits') return [];
  const { law } = preset.buying;
  const fitted = fitRepeatPurchase(cohort.records);
  const refit = (['r', 'alphaWeeks', 'a', 'b'] as const).map((name) =>
    line({
      figure: `repeat purchase: ${name === 'alphaWeeks' ? 'α' : name} refitted`,
      source: `${law[name]} ± 15 %`,
      value: fitted[name],
      range: [law[name] * 0.85, law[name] * 1.15],
    }),
  );
  const times = cohort.firstRepeatWeeks.filter((weeks) => weeks <= KS_WEEKS).slice(0, KS_SAMPLE);
  const within = repeatShare(law, KS_WEEKS);
  return [
    ...refit,
    line({
      figure: `first repeat within ${KS_WEEKS} weeks: p of KS`,
      source: '1 − (α/(α+t))^r',
      value: kolmogorovSmirnovP(times, (weeks) => repeatShare(law, weeks) / within),
      range: [0.01, Infinity],
    }),
  ];
}
