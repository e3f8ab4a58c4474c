// What the trend charts are drawn from, shared by the server, which fills it, and the page, which draws it.

export type TrendPoint = {
  /** Place among the group's runs, oldest first. */
  place: number;
  value: number;
  ok: boolean;
  atMost: number | null;
  atLeast: number | null;
};

/** Runs of one way of running the scenario; only these are joined by a line. */
export type TrendLine = { settings: string; points: TrendPoint[] };
export type TrendChart = { id: string; title: string; limitName: string; unit: string; lines: TrendLine[] };
export type TrendRun = { name: string; startedAt: string; commit: string | null };

export type TrendGroup = {
  scenario: string;
  machine: string;
  /** Oldest first. */
  runs: TrendRun[];
  charts: TrendChart[];
};

/** Above this many times the largest value a limit is told, not drawn: it would press the line flat. */
const LIMIT_DRAWN_UP_TO = 3;

/** Whether a limit is told only; where every value is 0 it is all there is to draw. */
export function isLimitFar(limit: number, largest: number): boolean {
  return largest > 0 && limit > LIMIT_DRAWN_UP_TO * largest;
}
