// A feature as small as one can be that has something of each kind: a setting, a role, a metric, a job, a route. Written as a
// new feature would be, to show that serving it takes nothing else than a line in a list. Not used by the shop itself.

import { Gauge, type Registry } from 'prom-client';
import Type from 'typebox';
import type { Feature, Running } from './platform/features/feature.ts';
import { integer, type SettingsTable } from './platform/settings/settings.ts';

const settings: SettingsTable<{ toyCount: number }> = {
  toyCount: { variable: 'TOY_COUNT', fallback: '3', meaning: 'toys in stock', parse: integer(0, 100) },
};

/** What happened to the toys, in this order; for the test to read. */
export const toyEvents: string[] = [];

function running(name: string): Running {
  toyEvents.push(`${name} started`);
  return {
    async close() {
      toyEvents.push(`${name} closed`);
    },
  };
}

export const toyFeature = {
  name: 'toys',
  settings,
  roles: [{ name: 'toy-maker', runsWhen: () => true, processCount: 1, databaseRatio: 0.1 }],
  metrics: (registry: Registry) =>
    new Gauge({ name: 'shop_toys', help: 'Toys in stock', registers: [registry] }),
  open({ config, health }, gauge) {
    gauge.set(config.toyCount);
    return {
      api: () => ({
        routes(app, authenticate) {
          const schema = { response: { 200: Type.Object({ count: Type.Integer() }) } };
          app.get('/toys', { schema }, async () => ({ count: config.toyCount }));
          app.get('/toys/own', { onRequest: authenticate, schema }, async () => ({ count: 1 }));
        },
        jobs: [() => running('sweeping')],
        async drain() {
          toyEvents.push('drained');
        },
      }),
      roles: {
        'toy-maker': () => {
          health.add('toy-maker', async () => (config.toyCount > 0 ? null : 'there are no toys'));
          return running('toy-maker');
        },
      },
    };
  },
} satisfies Feature<typeof settings, Gauge>;
