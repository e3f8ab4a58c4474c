// The plain values of lists of recommendations, each once.
import type { CountSource, Metric } from './metric.ts';

export const RECOMMENDATION_VALUES = [
  // From the distribution of `recommendation.shown`, what had no end counted as later.
  {
    name: 'recommendation.lateRatio',
    kind: 'told',
    unit: 'ratio',
    label: 'lists later than 3 s',
    better: 'lower',
    needs: 'recommendations',
    headline: { note: 'of all acts' },
  },
  {
    name: 'recommendation.unansweredRatio',
    kind: 'told',
    unit: 'ratio',
    label: 'acts that no list answered',
    better: 'lower',
    needs: 'recommendations',
  },
  // Where lists are worked out in cycles.
  {
    name: 'recommendation.arithmeticLateRatio',
    kind: 'told',
    unit: 'ratio',
    label: 'later than 3 s by arithmetic',
    better: 'neither',
    needs: 'recommendations',
  },
  {
    name: 'recommendation.behindRatio',
    kind: 'ratio',
    part: ['listPagesBehind'],
    whole: ['listPagesShown'],
    unit: 'ratio',
    label: 'pages whose lists lacked an act of before',
    better: 'lower',
    needs: 'recommendations',
  },
  {
    name: 'recommendation.actsPerSecond',
    kind: 'rate',
    counts: ['actsMade'],
    perSeconds: 1,
    unit: 'acts/s',
    label: 'acts a second',
    better: 'neither',
    needs: 'recommendations',
  },
  {
    name: 'recommendation.listsPerSecond',
    kind: 'rate',
    counts: ['listsPushed'],
    perSeconds: 1,
    unit: 'lists/s',
    label: 'lists a second',
    better: 'neither',
    needs: 'recommendations',
  },
  {
    name: 'recommendation.pushesPerSecond',
    kind: 'rate',
    counts: ['listPushes'],
    perSeconds: 1,
    unit: 'pushes/s',
    label: 'pushes of lists a second',
    better: 'neither',
    needs: 'recommendations',
  },
] as const satisfies readonly Metric<CountSource>[];
