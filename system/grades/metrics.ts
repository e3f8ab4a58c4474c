// What the grade updater tells the operator.
import { Counter, Histogram, type Registry } from 'prom-client';
import type { GradeChange } from './update-grades.ts';

export type GradeMetrics = {
  updated(outcome: 'ok' | 'left' | 'failed', durationMs: number): void;
  changed(changes: readonly GradeChange[]): void;
};

/** Registers the grades' metrics. `left`: another process was updating. */
export function createGradeMetrics(registry: Registry): GradeMetrics {
  const registers = [registry];
  const updates = new Counter({
    name: 'shop_grades_updates_total',
    help: 'Updates of all grades by their outcome',
    labelNames: ['outcome'],
    registers,
  });
  // An alert must see the first failure.
  for (const outcome of ['ok', 'left', 'failed'] as const) updates.inc({ outcome }, 0);
  const changes = new Counter({
    name: 'shop_grades_changes_total',
    help: 'Grades changed',
    labelNames: ['from', 'to'],
    registers,
  });
  const seconds = new Histogram({
    name: 'shop_grades_update_seconds',
    help: 'Time of an update of all grades',
    buckets: [0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 120],
    registers,
  });
  return {
    updated(outcome, durationMs) {
      updates.inc({ outcome });
      if (outcome === 'ok') seconds.observe(durationMs / 1_000);
    },
    changed(made) {
      for (const { fromGrade, toGrade } of made) changes.inc({ from: fromGrade, to: toGrade });
    },
  };
}
