// What it all runs on: connections and processes.
import type { RowPlan } from '../plan.ts';
import { rate } from '../promql.ts';

export const database: RowPlan = {
  title: 'Database',
  panels: [
    {
      title: 'Connections in use',
      shows: 'Of those that the process may open (DATABASE_POOL_SIZE).',
      unit: 'percentunit',
      lines: { '{{service}} {{instance}}': 'shop:database_busy:ratio' },
    },
    {
      title: 'Waiting for a connection',
      shows: 'Statements and transactions, in the mean of a minute; above 1 for a minute is an alert.',
      unit: 'short',
      lines: { '{{service}} {{instance}}': 'shop:database_waiting:avg1m' },
    },
    {
      title: 'Open connections',
      shows: 'PostgreSQL serves max_connections of all processes together.',
      unit: 'short',
      lines: { '{{service}} {{state}}': 'sum by (service, state) (shop_database_connections)' },
    },
  ],
};

export const processes: RowPlan = {
  title: 'Processes',
  panels: [
    {
      title: 'CPU of each process',
      shows: '1 is a whole core; a Node process hardly gets beyond it.',
      unit: 'short',
      lines: { '{{service}} {{instance}}': rate('process_cpu_seconds_total{job="shop"}') },
    },
    {
      title: 'Event loop lag, p99',
      shows: 'Above 200 ms for two minutes is an alert.',
      unit: 's',
      lines: { '{{service}} {{instance}}': 'nodejs_eventloop_lag_p99_seconds{job="shop"}' },
    },
    {
      title: 'Memory of each process',
      shows: 'Resident; it should not grow from hour to hour.',
      unit: 'bytes',
      lines: { '{{service}} {{instance}}': 'process_resident_memory_bytes{job="shop"}' },
    },
  ],
};
