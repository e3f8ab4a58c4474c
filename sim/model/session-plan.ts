// The plan of a run: who comes when, written before anything starts.
import { highestRate, planArrivals, type RatePerSecond } from './arrivals.ts';
import { type Candidate, candidateChoice, chooseCandidates, HOT_POOL, hotPool } from './candidates.ts';
import { createRandom, type Random } from './chance/random.ts';
import { draw } from './chance/weighted-choice.ts';
import type { Person } from './person.ts';
import { PROPENSITY, type PropensityTable } from './propensity.ts';

export type PlannedSession = {
  index: number;
  /** Offset from the start of the measured span; negative in the lead-in. */
  startMs: number;
  personId: number;
};

/** All sessions in order of their start, and the pool from which a replacement is drawn when a person is still busy. */
export type SessionPlan = {
  seed: number;
  sessions: PlannedSession[];
  /** Candidates by id with their scores: who may take a start when the planned person's session is still open. */
  candidates: { personId: number; score: number }[];
  /** The candidates themselves, as they stand when the shop's clock starts. */
  people: Person[];
};

export type SessionPlanInput = {
  seed: number;
  /** The data set's people, all of whom have signed up, as they stand when the shop's clock starts. */
  people: readonly Person[];
  /** Hour of the shop's clock at offset 0, whose propensity holds for the whole plan. */
  hour: number;
  /** Session starts per second at an offset in ms; asked for negative offsets in the lead-in. */
  sessionsPerSecond: RatePerSecond;
  /** When sessions start, ascending, where that is known; `sessionsPerSecond` then only bounds how many are open. */
  startsMs?: readonly number[];
  /** The highest value of `sessionsPerSecond`, where it is known. */
  maxSessionsPerSecond?: number;
  /** Burstiness of the starts, see planArrivals; 0 (default) is Poisson. */
  dispersion?: number;
  durationMs: number;
  /** The plan begins this long before the measured span. */
  leadInMs: number;
  /** How long a session is open on the wall, think times compressed: a person is busy that long. */
  expectedSessionMs: number;
  /** Number of candidates; default what the load needs, at least 200. The pool is five times as large. */
  candidateCount?: number;
  propensity?: PropensityTable;
};

/**
 * Candidates must be this many times the sessions that are expected to be open at the same time (docs/shop-rules.md
 * "Selection").
 */
export const CANDIDATES_PER_OPEN_SESSION = 3;

/** The data set has too few people for the load. */
export class NotEnoughPeopleError extends Error {
  override name = 'NotEnoughPeopleError';
  readonly neededCount: number;
  readonly foundCount: number;

  /** `neededCount` and `foundCount` are people who are not withdrawn; `why` says what they are needed for. */
  constructor(neededCount: number, foundCount: number, why: string) {
    super(`The data set has ${foundCount} people who may come; needed are ${neededCount} (${why}).`);
    this.neededCount = neededCount;
    this.foundCount = foundCount;
  }
}

/**
 * Plans all sessions from −leadInMs to durationMs. Nobody is planned twice within expectedSessionMs. The hot pool holds
 * 1,000 people or as many as the load needs; its best 20 % are the candidates, from whom each start draws in proportion
 * to the score. A data set of fewer than 1,000 people is its own pool. The same input gives the same plan.
 * @throws NotEnoughPeopleError when the data set cannot give 3 candidates per expected open session
 */
export function planSessions(input: SessionPlanInput): SessionPlan {
  const candidates = planCandidates(input);
  const starts =
    input.startsMs ??
    planArrivals({
      seed: input.seed,
      ratePerSecond: input.sessionsPerSecond,
      highestRatePerSecond: input.maxSessionsPerSecond,
      fromMs: -input.leadInMs,
      toMs: input.durationMs,
      ...(input.dispersion === undefined ? {} : { dispersion: input.dispersion }),
    });
  const drawFree = createFreeDraw(candidates, input.expectedSessionMs, createRandom(input.seed, 'shoppers'));
  const sessions = starts.map((startMs, index) => ({ index, startMs, personId: drawFree(startMs) }));
  const personIds = new Set(candidates.map(({ personId }) => personId));
  const people = input.people.filter(({ id }) => personIds.has(id));
  return { seed: input.seed, sessions, candidates, people };
}

/** Sessions expected to be open at the same time at the plan's highest rate (Little: N = X·R). */
export function expectedOpenSessions(
  input: Pick<
    SessionPlanInput,
    'sessionsPerSecond' | 'maxSessionsPerSecond' | 'durationMs' | 'leadInMs' | 'expectedSessionMs'
  >,
): number {
  const rate =
    input.maxSessionsPerSecond ?? highestRate(input.sessionsPerSecond, -input.leadInMs, input.durationMs);
  return (rate * input.expectedSessionMs) / 1_000;
}

function planCandidates(input: SessionPlanInput): Candidate[] {
  const open = expectedOpenSessions(input);
  const leastCount = Math.ceil(CANDIDATES_PER_OPEN_SESSION * open);
  const size = input.candidateCount ?? Math.max(HOT_POOL.leastCandidateCount, leastCount);
  if (size < leastCount) {
    throw new Error(
      `The plan is to have ${size} candidates; ${open.toFixed(1)} open sessions need at least ${leastCount}.`,
    );
  }
  const poolSize = Math.max(HOT_POOL.leastCount, Math.ceil(size / HOT_POOL.candidateRatio));
  const pool = hotPool(input.people, poolSize);
  const neededCount = Math.ceil((input.candidateCount ?? leastCount) / HOT_POOL.candidateRatio);
  if (pool.length < neededCount) {
    const why = `candidates are the best fifth; ${open.toFixed(1)} open sessions need at least ${leastCount}`;
    throw new NotEnoughPeopleError(neededCount, pool.length, why);
  }
  return chooseCandidates({
    people: pool,
    hour: input.hour,
    random: createRandom(input.seed, 'candidates'),
    size,
    table: input.propensity ?? PROPENSITY,
  });
}

/** So often a busy person is drawn again before the free ones are counted. */
const MAX_DRAWS = 64;

/** Draws the next person in proportion to the score among those who are free at an ascending series of starts. */
function createFreeDraw(
  candidates: readonly Candidate[],
  busyMs: number,
  random: Random,
): (startMs: number) => number {
  const choice = candidateChoice(candidates);
  const busyUntilMs = new Map<number, number>();
  const isFree = (personId: number, startMs: number): boolean =>
    (busyUntilMs.get(personId) ?? -Infinity) <= startMs;
  const find = (startMs: number): number => {
    for (let attempt = 0; attempt < MAX_DRAWS; attempt += 1) {
      const { personId } = draw(choice, random);
      if (isFree(personId, startMs)) return personId;
    }
    const free = candidates.filter(({ personId }) => isFree(personId, startMs));
    if (free.length > 0) return draw(candidateChoice(free), random).personId;
    const why = `all ${candidates.length} candidates are in the shop at ${Math.round(startMs)} ms`;
    throw new NotEnoughPeopleError(candidates.length + 1, candidates.length, why);
  };
  return (startMs) => {
    const personId = find(startMs);
    busyUntilMs.set(personId, startMs + busyMs);
    return personId;
  };
}
