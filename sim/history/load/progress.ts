// How far a history has come: the simulated date, rows a second, the time left.
import { dayText } from '../../model/calendar.ts';
import type { Year } from '../year/year.ts';
import type { MadeChunk } from './chunk-protocol.ts';

export type HistoryProgress = {
  /** What is being done: `rows`, then the products, indexes and statistics. */
  phase: string;
  /** Share of the groups that are stored, 0 to 1. */
  doneRatio: number;
  /**
   * People are made in the order of their sign-up: the last one made signed up on this day (founding: the week). The
   * history's last day when all are made.
   */
  simulatedDate: string;
  rowCount: number;
  rowsPerSecond: number;
  leftSeconds: number | null;
};

export type Progress = {
  chunk(chunk: Pick<MadeChunk, 'rowCounts' | 'tally' | 'index'>): void;
  phase(name: string): void;
};

export function createProgress(
  year: Pick<Year, 'firstDay' | 'dayCount' | 'settings'>,
  chunkCount: number,
  alreadyDone: number,
  onProgress: ((progress: HistoryProgress) => void) | undefined,
): Progress {
  const startedMs = performance.now();
  let doneCount = 0;
  let rowCount = 0;
  let day = year.firstDay;
  let current = 'rows';
  const tell = (): void => {
    const seconds = (performance.now() - startedMs) / 1_000;
    const toDo = chunkCount - alreadyDone;
    onProgress?.({
      phase: current,
      doneRatio: Math.min(1, (alreadyDone + doneCount) / chunkCount),
      simulatedDate: dayText(day),
      rowCount,
      rowsPerSecond: rowCount / Math.max(seconds, 0.001),
      leftSeconds: doneCount === 0 ? null : (seconds / doneCount) * Math.max(0, toDo - doneCount),
    });
  };
  return {
    chunk: ({ rowCounts, tally, index }) => {
      doneCount += 1;
      rowCount += Object.values(rowCounts).reduce((sum, count) => sum + count, 0);
      const weekEnd = year.firstDay + Math.min(year.dayCount - 1, (index + 1) * 7 - 1);
      const lastSignUp = year.firstDay + tally.signUpsByDay.findLastIndex((count) => count > 0);
      const isLast = alreadyDone + doneCount >= chunkCount;
      const made = year.settings.preset === 'founding' ? weekEnd : lastSignUp;
      day = isLast ? year.firstDay + year.dayCount - 1 : Math.max(day, made);
      tell();
    },
    phase: (name) => {
      current = name;
      tell();
    },
  };
}
