import { expect, test } from 'vitest';
import { syntheticManifest } from '../testing/synthetic-manifest.ts';
import { manifestDifferences } from './manifest-differences.ts';

const manifest = syntheticManifest('peak-hour', 1, new Date('2025-11-21T11:00:00Z'), '');

test('two runs of the same differ in nothing but the time', () => {
  const later = { ...manifest, startedAt: '2025-11-22T11:00:00.000Z', replayCommand: 'another' };
  const { differing, sameCount } = manifestDifferences(manifest, later);
  expect(differing).toEqual([]);
  expect(sameCount).toBeGreaterThan(20);
});

test('nor does a shop of somebody’s own, of which something was sold meanwhile', () => {
  const shop = {
    name: 'Mine',
    url: 'http://127.0.0.1:3000',
    file: '/my-shop.ts',
    currency: 'EUR',
    itemCount: 3,
    inStockCount: 3,
    categoryCount: 1,
    accountCount: null,
    verbs: [],
    missingVerbs: [],
    audits: [],
    runId: 'run-1',
  };
  const withoutMeaning = ['cache'];
  const later = { ...manifest, withoutMeaning, shop: { ...shop, inStockCount: 2, runId: 'run-2' } };
  expect(manifestDifferences({ ...manifest, shop }, later).differing).toEqual([]);
});

test('each setting that differs is named by its path, also where only one run has it', () => {
  const [postgres, ...others] = manifest.services;
  const other = {
    ...manifest,
    effectiveScenario: { load: { sessionsPerSecond: 60 }, extra: ['a', 'b'] },
    services: [{ ...postgres!, settings: { fsync: 'off' } }, ...others],
  };
  const { differing } = manifestDifferences(manifest, other);
  expect(differing).toContainEqual({ path: 'scenario.load.sessionsPerSecond', older: '30', newer: '60' });
  expect(differing).toContainEqual({ path: 'scenario.extra', older: '–', newer: 'a, b' });
  expect(differing).toContainEqual({ path: 'services.postgres.settings.fsync', older: 'on', newer: 'off' });
  expect(differing).toContainEqual({
    path: 'services.postgres.settings.shared_buffers',
    older: '256MB',
    newer: '–',
  });
});
