// What a number of simulated sessions amounts to: the funnel's ratios and the lengths that a plan needs.
import type { SimulatedSession } from './simulate-session.ts';
import type { Step } from './state/steps.ts';

export type SessionStatistics = {
  sessionCount: number;
  /** Sessions that left after the home page, of all. */
  bounceRatio: number;
  /** Sessions that placed an order, of all. */
  conversionRatio: number;
  /** Sessions that put something into the cart and placed no order, of those that put something in. */
  abandonmentRatio: number;
  /** Uncompressed lengths in ms. */
  meanMs: number;
  p95Ms: number;
  /** Steps a session, arrive and leave included. */
  meanSteps: number;
  /** Steps a session that ask something of the shop over HTTP: all but arrive, await-outcome and leave. */
  meanRequests: number;
  meanLinesPerOrder: number;
};

/** Summarises sessions; throws when there is none. */
export function summariseSessions(sessions: readonly SimulatedSession[]): SessionStatistics {
  if (sessions.length === 0) throw new Error('There are no sessions to summarise.');
  const has = (session: SimulatedSession, kind: Step['kind']): boolean =>
    session.steps.some(({ step }) => step.kind === kind);
  const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
  const mean = (of: (session: SimulatedSession) => number): number =>
    sessions.reduce((sum, session) => sum + of(session), 0) / sessions.length;
  const withCart = sessions.filter((session) => has(session, 'set-cart-line'));
  const buyers = withCart.filter((session) => has(session, 'place-order'));
  const lengths = Float64Array.from(sessions, (session) => session.lengthMs).sort();
  const lines = buyers.flatMap((session) =>
    session.steps.flatMap(({ step }) => (step.kind === 'place-order' ? [step.lines.length] : [])),
  );
  return {
    sessionCount: sessions.length,
    bounceRatio: mean((session) => (session.because === 'bounced' ? 1 : 0)),
    conversionRatio: ratio(buyers.length, sessions.length),
    abandonmentRatio: ratio(withCart.length - buyers.length, withCart.length),
    meanMs: mean((session) => session.lengthMs),
    p95Ms: lengths[Math.ceil(0.95 * lengths.length) - 1] ?? 0,
    meanSteps: mean((session) => session.steps.length),
    meanRequests: mean((session) => session.steps.filter(({ step }) => isRequest(step)).length),
    meanLinesPerOrder: ratio(
      lines.reduce((sum, count) => sum + count, 0),
      lines.length,
    ),
  };
}

function isRequest(step: Step): boolean {
  return step.kind !== 'arrive' && step.kind !== 'await-outcome' && step.kind !== 'leave';
}
