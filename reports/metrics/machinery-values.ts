// The plain values of what the shop runs on, of a fault, and of a search for its capacity, each once.
import type { CountSource, Metric } from './metric.ts';

export const MACHINERY_VALUES = [
  {
    name: 'kafka.lag',
    kind: 'gauge',
    gauge: 'kafkaLagCount',
    sumsUp: 'largest',
    unit: 'messages',
    label: 'consumer lag',
    better: 'lower',
    changes: 'number',
    needs: 'broker',
  },
  {
    name: 'cpu.perOrderMs',
    kind: 'told',
    unit: 'ms',
    label: 'CPU an order',
    better: 'lower',
    changes: 'amount',
    needs: 'orders',
  },
  {
    name: 'database.cpuPerOrderMs',
    kind: 'told',
    unit: 'ms',
    label: 'database CPU an order',
    better: 'lower',
    changes: 'amount',
    needs: 'orders',
  },
  ...(['shop', 'generator', 'rehearsal'] as const).map((who) => ({
    name: `memory.${who}GrowthMb` as const,
    kind: 'told' as const,
    unit: 'MB',
    label: `memory that the ${who} grew by`,
    better: 'lower' as const,
    changes: 'amount' as const,
  })),
  {
    name: 'fault.recoverySeconds',
    kind: 'told',
    unit: 's',
    label: 'time to recover',
    better: 'lower',
    changes: 'wait',
    needs: 'fault',
    headline: {
      label: 'to recover',
      note: 'from the fault until orders were confirmed again',
      noteWithoutOrders: 'from the fault until requests were answered again',
    },
  },
  {
    name: 'load.keptUpRatio',
    kind: 'told',
    unit: 'ratio',
    label: 'work done of what came',
    better: 'higher',
    needs: 'search',
  },
  // Sessions a second, where the search raises sessions.
  {
    name: 'capacity.perSecond',
    kind: 'told',
    unit: 'orders/s',
    label: 'sustained rate',
    better: 'higher',
    needs: 'search',
  },
] as const satisfies readonly Metric<CountSource>[];
