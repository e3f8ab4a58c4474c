// Starts the shop of one cell as its own processes, waits until each says that it is ready, and stops them gracefully.
import { join } from 'node:path';
import { type Balancer, startBalancer } from '../../../deploy/local/balancer/balancer.ts';
import {
  createShopTopics,
  endedError,
  startShopProcess,
  untilShopReady,
} from '../../../deploy/local/commands/shop-programs.ts';
import { freePorts } from '../../../deploy/local/programs/free-ports.ts';
import type { Program } from '../../../deploy/local/programs/programs.ts';
import type { ShopEnvironment } from '../../../system/contract/processes.ts';
import { ALL_ROLES, API_ROLE } from '../../../system/contract/roles.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { shopStart } from '../../scenario/shop-start.ts';
import { plantedAfterKill, type ShopSurroundings, sharedEnvironment, toldOf } from './shop-environment.ts';

const STOP_WITHIN_MS = 15_000;
/** Below everything else when the generator cannot be put above it. */
const YIELDING_NICE = 5;

/** One process of the shop and its share of the database's connections. */
export type ProcessPlan = { name: string; roles: readonly string[]; databaseConnections: number };

export type Shop = {
  /** Of the first API process, and where shoppers send to: the balancer, or all API processes in turn. */
  url: string;
  urls: readonly string[];
  /** The shop's time at which it started; every order of the run is placed after it. */
  startedAt: Date;
  /** Of the processes as they run now, by name. */
  pids(): Record<string, number[]>;
  /** Rejects as soon as a process ends by itself. */
  failed: Promise<never>;
  /** Kills one process as a crash would (SIGKILL) and starts it again on its port, as whoever runs the shop would. */
  killAndRestart(name: string): Promise<void>;
  stop(): Promise<void>;
};

/**
 * Which processes the shop of a scenario has: of the API as many as the scenario says, of every other role that has work in
 * it as many as the role says. The budget of database connections is the same for all: a role gets its share, in equal parts
 * for its processes, and the API processes share the rest. What does not divide stays unused; each has one at least.
 */
export function planProcesses(scenario: Scenario): ProcessPlan[] {
  const { databaseConnections, apiProcesses } = scenario.shop;
  const told = toldOf(scenario);
  const beside = ALL_ROLES.filter((role) => role.runsWhen(told)).flatMap(({ name, ...role }) =>
    processesOf(name, role.processCount, databaseConnections * role.databaseRatio),
  );
  const taken = beside.reduce((sum, plan) => sum + plan.databaseConnections, 0);
  return [...processesOf(API_ROLE, apiProcesses, databaseConnections - taken), ...beside];
}

function processesOf(role: string, count: number, connections: number): ProcessPlan[] {
  return Array.from({ length: count }, (_, index) => ({
    name: index === 0 ? role : `${role}-${index + 1}`,
    roles: [role],
    databaseConnections: Math.max(1, Math.floor(connections / count)),
  }));
}

/** Who is stopped at the same time: the API first, so that nothing new is accepted while the others finish what there is. */
export function stopOrder<Process extends { plan: Pick<ProcessPlan, 'roles'> }>(
  running: readonly Process[],
): Process[][] {
  const { api = [], others = [] } = Object.groupBy(running, ({ plan }) =>
    plan.roles.includes(API_ROLE) ? 'api' : 'others',
  );
  return [api, others];
}

type Running = { plan: ProcessPlan; port: number; program: Program };

/** Creates the topics, starts all processes at once and returns when every one is ready. */
export async function startShop(scenario: Scenario, around: ShopSurroundings): Promise<Shop> {
  const startedAt = shopStart(scenario);
  const shared = sharedEnvironment(scenario, around, startedAt);
  await createShopTopics(shared, { logFile: join(around.logFolder, 'shop-topics.log') });
  const running = new Map<string, Running>();
  const expectedToEnd = new Set<Program>();
  let balancer: Balancer | null = null;
  const failure = Promise.withResolvers<never>();
  // Without a listener of its own a rejection after the run would end the whole program.
  failure.promise.catch(() => undefined);

  async function start(
    plan: ProcessPlan,
    port: number,
    planted: Partial<ShopEnvironment> = {},
  ): Promise<void> {
    const program = await startProcess(plan, port, { ...shared, ...planted }, around);
    running.set(plan.name, { plan, port, program });
    void program.exited.then((exit) => {
      if (!expectedToEnd.has(program)) failure.reject(endedError(program, exit));
    });
    await Promise.race([untilShopReady(port, program), failure.promise]);
  }
  async function stop(): Promise<void> {
    for (const together of stopOrder([...running.values()])) {
      for (const { program } of together) expectedToEnd.add(program);
      await Promise.all(together.map(({ program }) => program.stop({ graceMs: STOP_WITHIN_MS })));
    }
    running.clear();
    // After those whose last answers go through it.
    const passing = balancer;
    balancer = null;
    await passing?.stop();
  }
  /** Where the scenario wants one; a balancer that ends by itself is a failure as any process's is. */
  async function balance(apiPorts: readonly number[]): Promise<Balancer | null> {
    if (scenario.shop.balancer !== 'nginx') return null;
    const { logFolder, generatorHasPriority } = around;
    const started = await startBalancer({
      apiPorts,
      logFolder,
      ...(generatorHasPriority ? {} : { nice: YIELDING_NICE }),
    });
    balancer = started;
    void started.exited.then(({ code, signal }) => {
      if (balancer === started)
        failure.reject(
          new Error(`nginx ended by itself (${signal ?? `exit code ${code}`}); see ${started.logFile}.`),
        );
    });
    return started;
  }

  try {
    const plans = planProcesses(scenario);
    const ports = await freePorts(plans.length);
    await Promise.all(plans.map((plan, index) => start(plan, ports[index] ?? 0)));
    const apiPorts = [...running.values()]
      .filter(({ plan }) => plan.roles.includes(API_ROLE))
      .map(({ port }) => port);
    const [url] = apiPorts.map((port) => urlOf(port));
    if (url === undefined)
      throw new Error('The shop was started without its API; a rehearsal needs role api.');
    const passing = await balance(apiPorts);
    return {
      url,
      urls:
        passing === null
          ? apiPorts.map((port) => urlOf(port, around.reachableAt ?? LOOPBACK))
          : [passing.url],
      startedAt,
      pids: () => ({
        ...Object.fromEntries([...running].map(([name, { program }]) => [name, [program.pid]])),
        ...(balancer === null ? {} : { nginx: balancer.pids() }),
      }),
      failed: failure.promise,
      async killAndRestart(name) {
        const victim = running.get(name);
        if (victim === undefined) throw new Error(`The shop has no process ${name} to kill.`);
        expectedToEnd.add(victim.program);
        await victim.program.stop({ signal: 'SIGKILL' });
        await start(victim.plan, victim.port, plantedAfterKill(scenario));
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

const LOOPBACK = '127.0.0.1';
/** All addresses of this machine. */
const ANYWHERE = '0.0.0.0';

const urlOf = (port: number, host = LOOPBACK): string => `http://${host}:${port}`;

function startProcess(
  plan: ProcessPlan,
  port: number,
  shared: Partial<ShopEnvironment>,
  around: ShopSurroundings,
): Promise<Program> {
  const own: Partial<ShopEnvironment> = {
    SHOP_ROLES: plan.roles.join(','),
    DATABASE_POOL_SIZE: String(plan.databaseConnections),
  };
  return startShopProcess(
    `shop-${plan.name}`,
    port,
    { ...shared, ...own },
    {
      logFile: join(around.logFolder, `${plan.name}.log`),
      graceMs: STOP_WITHIN_MS,
      ...((around.reachableAt ?? null) === null ? {} : { host: ANYWHERE }),
      ...(around.generatorHasPriority ? {} : { nice: YIELDING_NICE }),
    },
  );
}
