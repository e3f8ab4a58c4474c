// The faults that a rehearsal can do to our shop or its services. Only processes that a rehearsal or `stack up` started are
// ever killed.
import { readFile } from 'node:fs/promises';
import type { StackService } from '../../../deploy/local/services/stack.ts';
import { API_ROLE, ROLES } from '../../../system/contract/roles.ts';
import type { Shop } from './shop-processes.ts';

export type FaultSurroundings = {
  shop: Pick<Shop, 'killAndRestart'>;
  services: readonly StackService[];
  /** Removes the run's keys from Redis: all that a flush takes from this run. */
  flushRedis(): Promise<void>;
};

type Fault = {
  /** What the page calls the moment. */
  label: string;
  /** The service of which a process is killed, which must be ours; null where none is. */
  kills: StackService['name'] | null;
  /** Resolves once the blow has fallen and what a supervisor would restart is ready again. */
  strike(surroundings: FaultSurroundings): Promise<void>;
};

export const ourFaults: Readonly<Record<string, Fault>> = {
  'api-kill': {
    label: 'API killed',
    kills: null,
    strike: ({ shop }) => shop.killAndRestart(API_ROLE),
  },
  'consumer-kill': {
    label: 'orders consumer killed',
    kills: null,
    strike: ({ shop }) => shop.killAndRestart(ROLES.ordersConsumer.name),
  },
  'behaviour-consumer-kill': {
    label: 'behaviour consumer killed',
    kills: null,
    strike: ({ shop }) => shop.killAndRestart(ROLES.behaviourConsumer.name),
  },
  'recommender-kill': {
    label: 'recommender killed',
    kills: null,
    strike: ({ shop }) => shop.killAndRestart(ROLES.recommender.name),
  },
  'broker-kill': {
    label: 'one of three brokers killed',
    kills: 'kafka',
    strike: ({ services }) => killBroker(services),
  },
  'redis-flush': {
    label: 'Redis keys flushed',
    kills: null,
    strike: ({ flushRedis }) => flushRedis(),
  },
  'database-restart': {
    label: 'PostgreSQL crashed',
    kills: 'postgres',
    strike: ({ services }) => crashPostgres(services),
  },
};

/** Strikes; gives what the page calls it. @throws Error when there is no such fault */
export async function strike(name: string, surroundings: FaultSurroundings): Promise<string> {
  const fault = ourFaults[name];
  if (fault === undefined)
    throw new Error(`found fault ${name}, needed one of ${Object.keys(ourFaults).join(', ')}`);
  await fault.strike(surroundings);
  return fault.label;
}

/** A broker can only be spared where there are others. */
export function brokerCountFor(fault: string | undefined): 1 | 3 {
  return fault === 'broker-kill' ? 3 : 1;
}

/** Why a fault cannot be done to these services, in a sentence; null when it can. */
export function whyNot(fault: string, services: readonly StackService[]): string | null {
  const name = ourFaults[fault]?.kills ?? null;
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
