// The manifest of a synthetic run.
import type { Manifest } from '../record/manifest.ts';

/** `text` stands where users' words stand, to see that it is escaped. */
export function syntheticManifest(scenario: string, seed: number, startedAt: Date, text: string): Manifest {
  return {
    schemaVersion: 1,
    scenario,
    question: `Does the shop hold its busiest hour on this machine?${text}`,
    title: `Peak hour${text}`,
    effectiveScenario: {
      name: scenario,
      load: { sessionsPerSecond: 30 },
      thinkTimeCompression: 20,
      note: text,
    },
    overrides: ['load.sessionsPerSecond=30'],
    seed,
    replayCommand: `npm run scenario -- ${scenario} --seed ${seed} --set load.sessionsPerSecond=30`,
    startedAt: startedAt.toISOString(),
    commit: 'b8194fe2c1d04a7f9e33bb5a6c7d8e9f00112233',
    commitIsDirty: true,
    dataSet: {
      fingerprint: '9f31c7aa02',
      description: '20,000 people and a year of orders',
      peopleCount: 20_000,
      productCount: 2_000,
      history: { preset: 'korea', days: 365, orderCount: 41_250 },
    },
    machine: {
      platform: 'linux x64',
      cpuModel: 'AMD EPYC 7B13',
      coreCount: 2,
      memoryBytes: 8.3e9,
      nodeVersion: 'v24.21.0',
    },
    services: [
      {
        name: 'postgres',
        version: '18.4',
        origin: 'local',
        settings: { fsync: 'on', shared_buffers: '256MB', synchronous_commit: 'on' },
      },
      {
        name: 'redis',
        version: '8.0.2',
        origin: 'local',
        settings: { maxmemory: '256mb', 'maxmemory-policy': 'noeviction' },
      },
      {
        name: 'kafka',
        version: '4.3.1',
        origin: 'local',
        settings: { brokers: '1', acks: 'all', partitions: '6' },
      },
    ],
    notes: [
      'Think times are divided by 20; the arrival rate is that of the real hour.',
      `One broker with acks=all means the page cache of one machine.${text}`,
    ],
  };
}
