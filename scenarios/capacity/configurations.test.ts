import { expect, it } from 'vitest';
import { readCommandLine } from '../ask/command-line.ts';
import { describePlan } from '../ask/dry-run.ts';
import { capacity } from '../questions/capacity.ts';
import { planProcesses } from '../targets/our-shop/shop-processes.ts';
import { type CapacityScenario, configurationsOf, probeCell, searchesCapacity } from './configurations.ts';
import { searchDuration } from './describe-search.ts';

function scenarioOf(...set: string[]): CapacityScenario {
  const asked = readCommandLine([capacity], 'capacity', { set }, '/nowhere', 2);
  if (asked.kind !== 'ok' || !searchesCapacity(asked.scenario)) throw new Error(JSON.stringify(asked));
  return asked.scenario;
}

it('searches every variant with as many API processes as there are cores, and says why not more', () => {
  const all = configurationsOf(scenarioOf().capacity, 2);
  expect(all).toHaveLength(9);
  expect(all.filter(({ skippedBecause }) => skippedBecause === null)).toHaveLength(6);
  expect(all.find(({ apiProcesses }) => apiProcesses === 4)?.skippedBecause).toBe(
    'four API processes would need as many cores; this machine has 2',
  );
});

it('makes a single run of a probe: its rate, length, variant and processes, with a plan of its own', () => {
  const scenario = scenarioOf();
  const [, second] = configurationsOf(scenario.capacity, 2);
  const cell = probeCell(
    scenario,
    second!,
    { kind: 'confirm', perSecond: 180, isRetry: false },
    { seed: 7, index: 3, order: 11 },
  );
  expect(cell).toMatchObject({ variant: 'direct-2api-180-confirm', seed: 10, order: 11, block: 0 });
  expect(cell.scenario).toMatchObject({
    orders: { transport: 'direct' },
    shop: { apiProcesses: 2 },
    load: { ordersPerSecond: 180, durationSeconds: scenario.capacity.confirmSeconds },
  });
  const again = probeCell(
    scenario,
    second!,
    { kind: 'bracket', perSecond: 180, isRetry: true },
    { seed: 7, index: 4, order: 12 },
  );
  expect(again.variant).toBe('direct-2api-180-again');
});

it('divides one budget of database connections equally, whatever the number of processes', () => {
  const namesAndConnections = (transport: string, apiProcesses: number) =>
    planProcesses(scenarioOf(`orders.transport=${transport}`, `shop.apiProcesses=${apiProcesses}`)).map(
      ({ name, databaseConnections }) => `${name} ${databaseConnections}`,
    );
  expect(namesAndConnections('direct', 1)).toEqual(['api 16']);
  expect(namesAndConnections('direct', 2)).toEqual(['api 8', 'api-2 8']);
  expect(namesAndConnections('kafka', 1)).toEqual(['api 12', 'orders-consumer 4']);
  expect(namesAndConnections('kafka', 2)).toEqual(['api 6', 'api-2 6', 'orders-consumer 4']);
});

it('takes lists from the command line and refuses what the search sets itself', () => {
  expect(scenarioOf('capacity.searched=direct,kafka', 'capacity.apiProcesses=1,2').capacity).toMatchObject({
    searched: ['direct', 'kafka'],
    apiProcesses: [1, 2],
  });
  const mistakes = (options: Parameters<typeof readCommandLine>[2]) => {
    const asked = readCommandLine([capacity], 'capacity', options, '/nowhere', 2);
    return asked.kind === 'mistakes' ? asked.mistakes : [];
  };
  expect(mistakes({ set: [], duration: '10', ordersPerSecond: '50', blocks: '3' })).toHaveLength(3);
  expect(mistakes({ set: ['capacity.searched=diret'] })).toEqual([
    'capacity.searched: the scenario has no variant diret. Did you mean `direct`? Needed: names out of direct, direct-batched, kafka.',
  ]);
  expect(mistakes({ set: ['capacity.growthFactor=1'] })).toEqual([
    'capacity.growthFactor: found 1. Needed: a number from 1.1 to 10: from one rate to the next until a probe fails.',
  ]);
});

it('says beforehand how long it takes, and a quick one fits into four minutes', () => {
  const quick = readCommandLine([capacity], 'capacity', { set: [], quick: true }, '/nowhere', 2);
  if (quick.kind !== 'ok' || !searchesCapacity(quick.scenario)) throw new Error(JSON.stringify(quick));
  const { expectedSeconds, mostSeconds } = searchDuration(quick.scenario, 2);
  expect(mostSeconds).toBeLessThanOrEqual(240);
  expect(expectedSeconds).toBeLessThanOrEqual(mostSeconds);
  const text = describePlan(scenarioOf(), [], 'built', 2);
  expect(text).toContain('6 searches: direct, direct-batched, kafka, each with 1 and 2 API processes');
  expect(text).toContain('skipped: four API processes would need as many cores; this machine has 2');
  const nothing = describePlan(scenarioOf('capacity.apiProcesses=2'), [], 'built', 1);
  expect(nothing).toContain('  nothing to search\n  skipped: two API processes');
  expect(nothing).not.toMatch(/0 searches|with {2}API/);
});

it('searches any axis that its variants set', () => {
  const variants = { cold: ['data.people=5000'], warm: ['data.people=6000', 'shop.ordersBatchMax=50'] };
  const scenario = { ...capacity, capacity: { ...capacity.capacity!, variants, searched: ['warm'] } };
  const [warm] = configurationsOf(scenario.capacity, 2);
  const probe = { kind: 'bracket', perSecond: 40, isRetry: false } as const;
  const cell = probeCell(scenario, warm!, probe, { seed: 1, index: 0, order: 0 });
  expect(cell.variant).toBe('warm-1api-40');
  expect(cell.scenario).toMatchObject({ data: { people: 6_000 }, shop: { ordersBatchMax: 50 } });
});
