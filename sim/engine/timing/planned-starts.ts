// Everything that a plan starts, in one order of time: sessions of people whom the shop knows, newcomers, and deliveries.
import type { PlannedDelivery } from '../../model/deliveries.ts';
import type { Newcomer } from '../../model/newcomers.ts';
import type { RunPlan } from '../../model/run-plan.ts';
import type { PlannedSession } from '../../model/session-plan.ts';

export type PlannedStart =
  | { kind: 'session'; startMs: number; session: PlannedSession }
  /** A session that begins with its person's sign-up. */
  | { kind: 'sign-up'; startMs: number; newcomer: Newcomer }
  /** No session. */
  | { kind: 'delivery'; startMs: number; delivery: PlannedDelivery };

/** The starts of a plan from −leadInMs to before durationMs. */
export function plannedStarts(
  plan: RunPlan,
  { leadInMs, durationMs }: { leadInMs: number; durationMs: number },
): PlannedStart[] {
  const starts: PlannedStart[] = [
    ...plan.sessions.map((session) => ({ kind: 'session' as const, startMs: session.startMs, session })),
    ...(plan.newcomers ?? []).map((newcomer) => ({
      kind: 'sign-up' as const,
      startMs: newcomer.startMs,
      newcomer,
    })),
    ...(plan.deliveries ?? []).map((delivery) => ({
      kind: 'delivery' as const,
      startMs: delivery.startMs,
      delivery,
    })),
  ];
  return starts
    .filter(({ startMs }) => startMs >= -leadInMs && startMs < durationMs)
    .sort((a, b) => a.startMs - b.startMs);
}
