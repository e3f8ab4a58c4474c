// A new role is its entry in the table of roles: one that is planted there gets its processes and its share of the database in
// every rehearsal that has work for it.
import { expect, it, vi } from 'vitest';
import { peakHour } from '../../questions/peak-hour.ts';
import { applyOverrides } from '../../scenario/overrides.ts';
import { planProcesses } from './shop-processes.ts';

vi.mock('../../../system/contract/roles.ts', async (original) => {
  const real = await original<typeof import('../../../system/contract/roles.ts')>();
  const toyMaker: import('../../../system/contract/roles.ts').Role = {
    name: 'toy-maker',
    runsWhen: ({ ORDERS_TRANSPORT }) => ORDERS_TRANSPORT !== 'direct-batched',
    processCount: 2,
    databaseRatio: 0.25,
  };
  return { ...real, ALL_ROLES: [...real.ALL_ROLES, toyMaker] };
});

function processes(transport: string): string[] {
  const made = applyOverrides(peakHour, [`orders.transport=${transport}`, 'shop.databaseConnections=16']);
  if (made.kind === 'mistakes') throw new Error(made.mistakes.join(' '));
  return planProcesses(made.scenario).map(
    ({ name, roles, databaseConnections }) => `${name} (${roles.join()}) ${databaseConnections}`,
  );
}

it('a planted role has its processes beside those of the shop where it has work', () => {
  expect(processes('kafka')).toEqual([
    'api (api) 7',
    'orders-consumer (orders-consumer) 4',
    'behaviour-consumer (behaviour-consumer) 1',
    'toy-maker (toy-maker) 2',
    'toy-maker-2 (toy-maker) 2',
  ]);
  expect(processes('direct')).toEqual([
    'api (api) 12',
    'toy-maker (toy-maker) 2',
    'toy-maker-2 (toy-maker) 2',
  ]);
  expect(processes('direct-batched')).toEqual(['api (api) 16']);
});
