import { expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../year/settings.ts';
import { emptyTally } from '../year/tally.ts';
import { createProgress, type HistoryProgress } from './progress.ts';

const firstDay = 20_000;
const year = { firstDay, dayCount: 30, settings: { ...DEFAULT_SETTINGS, untilMs: 0 } };

/** A group whose last person signed up on this day of the history. */
function chunk(index: number, lastSignUp: number) {
  const tally = emptyTally(year.dayCount);
  tally.signUpsByDay[lastSignUp] = 1;
  return { index, tally, rowCounts: { customers: 1 } };
}

it('ends with the last day, although the last person signed up before it', () => {
  const told: HistoryProgress[] = [];
  const progress = createProgress(year, 3, 1, (one) => told.push(one));
  progress.chunk(chunk(1, 9));
  progress.chunk(chunk(2, 28));
  expect(told.map(({ doneRatio, simulatedDate }) => [doneRatio.toFixed(2), simulatedDate])).toEqual([
    ['0.67', '2024-10-13'],
    ['1.00', '2024-11-02'],
  ]);
});
