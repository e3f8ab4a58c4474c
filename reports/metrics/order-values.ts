// The plain values of orders, each once: how many a second, and what became of those meant for the span.
import type { CountSource, Metric } from './metric.ts';

/** What the rehearsal tells of the orders meant for the span, by what became of each. */
const fate = <Name extends `orders.${string}`>(name: Name, label: string, better: 'lower' | 'neither') => ({
  name,
  kind: 'told' as const,
  unit: 'orders',
  label,
  better,
  changes: 'number' as const,
  needs: 'orders' as const,
});

export const ORDER_VALUES = [
  {
    name: 'orders.perSecond',
    kind: 'rate',
    counts: ['ordersConfirmed'],
    perSeconds: 1,
    unit: 'orders/s',
    label: 'orders a second',
    better: 'higher',
    needs: 'orders',
  },
  {
    name: 'orders.perHour',
    kind: 'rate',
    counts: ['ordersConfirmed'],
    perSeconds: 3_600,
    unit: 'orders/h',
    label: 'orders an hour',
    better: 'higher',
    needs: 'orders',
    headline: { note: 'measured rate × 3,600' },
  },
  {
    name: 'orders.confirmed',
    kind: 'count',
    counts: ['ordersConfirmed'],
    isToldOfRun: true,
    unit: 'orders',
    label: 'orders confirmed',
    better: 'higher',
    changes: 'number',
    needs: 'orders',
    headline: { note: 'in the measured span' },
  },
  fate('orders.attempted', 'orders attempted', 'neither'),
  fate('orders.rejected', 'orders rejected', 'lower'),
  fate('orders.soldOut', 'orders rejected as sold out', 'lower'),
  fate('orders.declined', 'orders whose payment was declined', 'lower'),
  fate('orders.failed', 'orders refused with an error', 'lower'),
  fate('orders.unanswered', 'orders without an outcome', 'lower'),
] as const satisfies readonly Metric<CountSource>[];
