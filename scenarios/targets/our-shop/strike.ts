// Does a fault to the shop or its services. Only processes that a rehearsal or `stack up` started are ever killed.
import { readFile } from 'node:fs/promises';
import type { StackService } from '../../../deploy/local/services/stack.ts';
import { API_ROLE, ROLES } from '../../../system/contract/roles.ts';
import type { FaultName } from '../../faults/fault.ts';
import type { Shop } from './shop-processes.ts';

export type FaultSurroundings = {
  shop: Shop;
  services: readonly StackService[];
  /** Removes the run's keys from Redis: all that a flush takes from this run. */
  flushRedis(): Promise<void>;
};

/** Strikes; resolves once the blow has fallen and what a supervisor would restart is ready again. */
export async function strike(
  fault: FaultName,
  { shop, services, flushRedis }: FaultSurroundings,
): Promise<void> {
  switch (fault) {
    case 'api-kill':
      return shop.killAndRestart(API_ROLE);
    case 'consumer-kill':
      return shop.killAndRestart(ROLES.ordersConsumer.name);
    case 'redis-flush':
      return flushRedis();
    case 'broker-kill':
      return killBroker(services);
    case 'database-restart':
      return crashPostgres(services);
  }
}

/** Why a fault cannot be done to these services, in a sentence; null when it can. */
export function whyNot(fault: FaultName, services: readonly StackService[]): string | null {
  const needs = { 'broker-kill': 'kafka', 'database-restart': 'postgres' } as const;
  const name = fault === 'broker-kill' || fault === 'database-restart' ? needs[fault] : null;
  const service = services.find((candidate) => candidate.name === name);
  if (name === null || (service !== undefined && service.pids.length > 0)) return null;
  return `--fault ${fault} kills a process of ${name}, and this one is not ours (it comes from the ${service?.origin ?? 'environment'}). Unset its URL, so that the rehearsal starts its own.`;
}

/** The last broker dies and stays dead; the others hold every message that was acknowledged. */
async function killBroker(services: readonly StackService[]): Promise<void> {
  const victim = services.find(({ name }) => name === 'kafka')?.pids.at(-1);
  if (victim === undefined) throw new Error('There is no broker of ours to kill.');
  process.kill(victim, 'SIGKILL');
}

/**
 * Kills one backend of PostgreSQL as a crash would: the server then ends every connection, recovers from its log and opens
 * again on the same port.
 */
async function crashPostgres(services: readonly StackService[]): Promise<void> {
  const postmaster = services.find(({ name }) => name === 'postgres')?.pids[0];
  if (postmaster === undefined) throw new Error('There is no PostgreSQL of ours to crash.');
  const children = await readFile(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8');
  const victim = Number(children.trim().split(' ').at(-1));
  if (!Number.isInteger(victim) || victim <= 0)
    throw new Error(`PostgreSQL ${postmaster} has no backend to kill.`);
  process.kill(victim, 'SIGKILL');
}
