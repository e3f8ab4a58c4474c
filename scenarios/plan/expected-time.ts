// How long single runs take, said beforehand: what they measure, and what is around it.
import { arrivalKindOf } from '../scenario/arrival-rate.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { CellPlan } from './cell-plan.ts';

/** Fresh database, start, a few hundred warm-up orders, audit and sweeping up. */
const AROUND_A_CELL_SECONDS = 6;
/** People of a crowd who get a token and then a socket: 20,000 took 37 s beside busy neighbours. */
const GATHERED_PER_SECOND = 550;
/** Products looked at before the plan, with the lists between them. */
const READ_PER_SECOND = 700;

/**
 * What is around the load of a single run, in seconds. Somebody who goes round the shop is always still there when the span ends;
 * a crowd is done at once, where it is not overrun.
 */
export function secondsAround({ load }: Pick<Scenario, 'load'>): number {
  const crowdCount = arrivalKindOf(load).standingCount?.(load);
  const ending = crowdCount === undefined ? load.drainSeconds : crowdCount / GATHERED_PER_SECOND;
  return AROUND_A_CELL_SECONDS + load.warmUpReads / READ_PER_SECOND + ending;
}

/**
 * How long the cells take in all, warm, in seconds: load, lead-in and what is around them. Of a single run the whole drain is
 * reckoned with; a side of a comparison that is overrun takes up to its outcome deadline longer.
 * @param startSeconds until the first of them begins
 */
export function expectedSeconds(cells: readonly CellPlan[], startSeconds = 20): number {
  const [only] = cells;
  if (cells.length === 1 && only !== undefined && only.scenario.comparison === undefined) {
    const { durationSeconds, leadInSeconds, drainSeconds } = only.scenario.load;
    return startSeconds + durationSeconds + leadInSeconds + drainSeconds;
  }
  return cells.reduce((sum, { scenario }) => {
    const { durationSeconds, leadInSeconds } = scenario.load;
    return sum + secondsAround(scenario) + durationSeconds + leadInSeconds;
  }, startSeconds);
}
