// From an act to the right list in three seconds: analysing everybody's actions every 4 s, as the founders did, against working
// lists out by each action. The arithmetic of a cycle of 4 s says that a quarter of all acts waits longer than 3 s.
import { SHOWN_WITHIN_MS } from '../../reports/metrics/latencies.ts';
import { recommendationEngines } from '../scenario/axes.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { recommending } from './recommending.ts';

/** As in kafka-on-off: near what two cores carry the generator waits for a core too, and 3 s is what decides. */
const HURRIED_GENERATOR = ['generator.latenessP99MsAtMost=50', 'generator.eventLoopLagP99MsAtMost=50'];

export const recommend3s: Scenario = {
  ...recommending,
  name: 'recommend-3s',
  title: 'The right list within three seconds',
  question: `Is the list that an act leads to on the screen within ${SHOWN_WITHIN_MS / 1_000} s, when everybody’s are worked out every 4 s, and when each act works out its own?`,
  answer: 'which-is-better',
  // Two whole cycles of 4 s.
  load: { ...recommending.load, durationSeconds: 8, leadInSeconds: 2 },
  thresholds: {
    'later-than-3s': {
      metric: 'recommendation.lateRatio',
      statistic: 'value',
      atMost: 0.01,
      of: ['incremental'],
    },
  },
  comparison: {
    variants: {
      periodic: ['recommendations.engine=periodic'],
      incremental: ['recommendations.engine=incremental'],
    },
    // Everybody does something every 3 s, the founders' stay on a page.
    levels: {
      '30 people': ['load.crowdPeople=30', 'load.actionsPerSecond=10'],
      '300 people': ['load.crowdPeople=300', 'load.actionsPerSecond=100'],
      '3000 people': ['load.crowdPeople=3000', 'load.actionsPerSecond=1000', ...HURRIED_GENERATOR],
    },
    pairs: [{ baseline: 'periodic', candidate: 'incremental', tells: 'working lists out as people act' }],
    // Waits that differ many times over need no third; three take ten minutes and a half.
    blocks: 2,
    fewestPairs: 2,
    quick: { levels: ['30 people', '300 people'], blocks: 1, set: ['load.durationSeconds=12'] },
    primary: [{ metric: 'recommendation.shown', statistic: 'p50' }],
    exploratory: [
      { metric: 'recommendation.shown', statistic: 'p95' },
      { metric: 'recommendation.behindRatio', statistic: 'value' },
      { metric: 'memory.shopMb', statistic: 'value' },
    ],
    marginRatio: 0.05,
    expectedSd: 0.07,
    restsOn: [recommendationEngines.comparedOn.comparison],
    declared: false,
  },
};
