// What does a cache buy? The same shoppers at a shop without one, with the hot set of the cache worker, and with caches that
// fill themselves; beside it what theory expects, replayed without any service.
import { cachePolicies } from '../scenario/axes.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { peakHour } from './peak-hour.ts';

export const cacheHitRate: Scenario = {
  ...peakHour,
  name: 'cache-hit-rate',
  title: 'Which cache, and what it buys',
  question:
    'How many reads does a cache of 1,000 products answer, and what does that buy the shop and its shoppers?',
  answer: 'which-is-better',
  load: {
    ...peakHour.load,
    sessionsPerSecond: 60,
    // One whole life of the hot set and of an entry under ttl.
    durationSeconds: 50,
    leadInSeconds: 10,
    drainSeconds: 3,
    warmUpOrders: 100,
    // Three characteristic times of 1,000 entries under the catalogue's law of popularity (1,620 reads each).
    warmUpReads: 5_000,
  },
  thresholds: {},
  cacheReplay: {
    sizes: [200, 1_000, 4_000],
    readsPerSecond: 100,
    writesPerRead: 0.05,
    loadMs: 5,
    reads: 200_000,
  },
  comparison: {
    variants: {
      none: ['cache.policy=none'],
      worker: ['cache.policy=worker'],
      'read-through': ['cache.policy=read-through'],
      ttl: ['cache.policy=ttl'],
      'write-invalidate': ['cache.policy=write-invalidate'],
    },
    levels: { shopping: ['load.sessionsPerSecond=60'] },
    pairs: [
      { baseline: 'none', candidate: 'worker', tells: 'the hot set' },
      { baseline: 'none', candidate: 'read-through', tells: 'a cache that fills itself' },
      { baseline: 'none', candidate: 'ttl', tells: 'a cache whose entries have an end' },
      { baseline: 'none', candidate: 'write-invalidate', tells: 'a cache that writes keep true' },
      { baseline: 'worker', candidate: 'read-through', tells: 'filling itself against being filled' },
    ],
    // Reads of the database change by more than half and differ from block to block by 1 %: two pairs tell that. Waits take more
    // (--blocks 6), and the fifteen minutes of an answer have no room for it.
    blocks: 2,
    fewestPairs: 2,
    strikes: [
      { fault: 'redis-flush', atRatio: 0.4, variants: ['read-through'], name: 'read-through-flushed' },
    ],
    quick: { levels: ['shopping'], blocks: 1, variants: ['none', 'worker'], set: [] },
    primary: [{ metric: 'catalogue.databaseReadsPerMinute', statistic: 'value' }],
    exploratory: [
      { metric: 'http.response/GET /products/:id', statistic: 'p50' },
      { metric: 'http.response/GET /products', statistic: 'p50' },
      { metric: 'http.response', statistic: 'p95' },
      { metric: 'order.confirmed', statistic: 'p50' },
      { metric: 'cpu.perOrderMs', statistic: 'value' },
      { metric: 'database.cpuPerOrderMs', statistic: 'value' },
      { metric: 'memory.shopMb', statistic: 'value' },
    ],
    marginRatio: 0.05,
    expectedSd: 0.07,
    restsOn: [cachePolicies.comparedOn.comparison],
    declared: false,
  },
};
