// One person's grade through the history: recomputed every 7 days at Seoul's midnight from the successful orders of the
// last 180 days, promotion and demotion both at once (docs/shop-rules.md "Grades"), and once more at the history's end.
import { GRADE_WINDOW_DAYS, gradeOf } from '../../../system/contract/grades.ts';
import { DAY_MS } from '../../model/calendar.ts';
import type { Grade } from '../../model/person.ts';

const WINDOW_MS = GRADE_WINDOW_DAYS * DAY_MS;
const STEP_MS = 7 * DAY_MS;
/** Fewer orders than this can never lift anybody above BRONZE. */
const LEAST_ORDERS = 3;

export type GradeChange = { customerId: number; changedAtMs: number; from: Grade; to: Grade };

export type GradeLedger = {
  /** The grade that holds at an instant; instants must not go back. */
  gradeAt(unixMs: number): Grade;
  /** Counts a successful order; orders must come in time order. */
  add(placedAtMs: number, amountKrw: number): void;
  /** The last recomputation, at `untilMs`; returns the grade at the end. */
  finish(untilMs: number): Grade;
  changes: GradeChange[];
};

/** `startMs` is the history's first midnight: recomputations are due 7, 14, 21 … days after it. */
export function createGradeLedger(customerId: number, startMs: number): GradeLedger {
  let grade: Grade = 'BRONZE';
  let dueMs = startMs + STEP_MS;
  let orders: { placedAtMs: number; amountKrw: number }[] = [];
  const changes: GradeChange[] = [];

  const recompute = (atMs: number): void => {
    const before = orders.filter(({ placedAtMs }) => placedAtMs < atMs);
    const inWindow = before.filter(({ placedAtMs }) => placedAtMs >= atMs - WINDOW_MS);
    const amountKrw = inWindow.reduce((sum, order) => sum + order.amountKrw, 0);
    const to = gradeOf(inWindow.length, amountKrw);
    if (to !== grade) changes.push({ customerId, changedAtMs: atMs, from: grade, to });
    grade = to;
    orders = orders.filter(({ placedAtMs }) => placedAtMs >= atMs - WINDOW_MS);
  };

  /** Recomputations due up to and including an instant; those that cannot change anything are passed over. */
  const advance = (toMs: number): void => {
    if (orders.length < LEAST_ORDERS && grade === 'BRONZE') {
      if (dueMs <= toMs) dueMs += (Math.floor((toMs - dueMs) / STEP_MS) + 1) * STEP_MS;
      return;
    }
    for (; dueMs <= toMs; dueMs += STEP_MS) recompute(dueMs);
  };

  return {
    changes,
    gradeAt: (unixMs) => {
      advance(unixMs);
      return grade;
    },
    add: (placedAtMs, amountKrw) => {
      orders.push({ placedAtMs, amountKrw });
    },
    finish: (untilMs) => {
      advance(untilMs - 1);
      recompute(untilMs);
      return grade;
    },
  };
}
