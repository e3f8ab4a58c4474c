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
