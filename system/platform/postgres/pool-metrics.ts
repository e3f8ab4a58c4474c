// What the pool of connections tells the operator: how many are busy, and who waits for one.
import { Gauge, type Registry } from 'prom-client';
import type { Database } from './postgres.ts';

type Pool = Pick<Database, 'totalCount' | 'idleCount' | 'waitingCount' | 'options'>;

/** Registers the pool's metrics; they are read when somebody asks. */
export function addPoolMetrics(registry: Registry, pool: Pool): void {
  new Gauge({
    name: 'shop_database_connections',
    help: 'Connections to PostgreSQL that are open',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      this.set({ state: 'busy' }, pool.totalCount - pool.idleCount);
      this.set({ state: 'idle' }, pool.idleCount);
    },
  });
  new Gauge({
    name: 'shop_database_connections_limit',
    help: 'Connections to PostgreSQL that this process may open',
    registers: [registry],
    collect() {
      this.set(pool.options.max);
    },
  });
  new Gauge({
    name: 'shop_database_waiting',
    help: 'Statements and transactions that wait for a connection',
    registers: [registry],
    collect() {
      this.set(pool.waitingCount);
    },
  });
}
