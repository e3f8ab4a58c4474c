// What a peak needs of each part if every further one carried as much as the first: a lower bound, since what all of them wait for
// (α of the scalability law) is left out. Pure.
import { CONNECTIONS_PER_API_PROCESS, MEASURED_RUN, PARTS, type Part } from './parts.ts';

const MS_PER_SECOND = 1_000;

/** Sessions a second that one of a part carries. */
export function carriedByOne({ cpuMsPerSession, fullAtRatio, coresOfOne }: Part): number {
  return (coresOfOne * fullAtRatio * MS_PER_SECOND) / cpuMsPerSession;
}

export type PeakNeed = {
  sessionsPerSecond: number;
  requestsPerSecond: number;
  ordersPerSecond: number;
  /** Shoppers inside at once, each with a socket, at the pace of people: think times as long as they are. */
  peopleInside: number;
  /** How many of each part. */
  counts: Record<Part['name'], number>;
  /** Cores that they are busy with. */
  busyCores: Record<Part['name'], number>;
  databaseConnections: number;
  /** Share of what N processes would do if nothing were shared that all others may cost each: N processes give half at α = 1/N. */
  alphaThatHalves: number;
};

/** @param sessionsPerSecond greater than 0 */
export function peakNeed(sessionsPerSecond: number): PeakNeed {
  const each = (of: (part: Part) => number) =>
    Object.fromEntries(PARTS.map((part) => [part.name, of(part)])) as Record<Part['name'], number>;
  const counts = each((part) => Math.ceil(sessionsPerSecond / carriedByOne(part)));
  const { requestsPerSession, ordersPerSession, secondsInsideCompressed, thinkTimeCompression } =
    MEASURED_RUN;
  return {
    sessionsPerSecond,
    requestsPerSecond: sessionsPerSecond * requestsPerSession,
    ordersPerSecond: sessionsPerSecond * ordersPerSession,
    peopleInside: sessionsPerSecond * secondsInsideCompressed * thinkTimeCompression,
    counts,
    busyCores: each(({ cpuMsPerSession }) => (sessionsPerSecond * cpuMsPerSession) / MS_PER_SECOND),
    databaseConnections: counts.api * CONNECTIONS_PER_API_PROCESS,
    alphaThatHalves: 1 / counts.api,
  };
}

/** Parts that cannot be multiplied, and the rate at which one of each is full, the lowest first. */
export function firstToBreak(): { name: Part['name']; atSessionsPerSecond: number }[] {
  return PARTS.filter(({ growsBy }) => growsBy === 'nothing')
    .map((part) => ({ name: part.name, atSessionsPerSecond: carriedByOne(part) }))
    .toSorted((one, other) => one.atSessionsPerSecond - other.atSessionsPerSecond);
}
