// People who act, and the lists that come of it: one engine and one crowd. What recommend-3s compares, and what a fault is done to.
import type { Scenario } from '../scenario/scenario.ts';
import { peakHour } from './peak-hour.ts';

export const recommending: Scenario = {
  ...peakHour,
  name: 'recommending',
  title: 'Lists while everybody acts',
  question: 'Is the list that an act leads to on the screen within 3 s?',
  variant: '{recommendations.engine}',
  recommendations: { engine: 'incremental' },
  load: {
    ...peakHour.load,
    arrivals: 'acting-crowd',
    crowdPeople: 300,
    actionsPerSecond: 100,
    // Whole cycles of 4 s, so that acts come at each moment of one equally often.
    durationSeconds: 12,
    leadInSeconds: 4,
    drainSeconds: 6,
    // Everybody's first act, whose lists are waited for, takes their place.
    warmUpOrders: 0,
  },
  thresholds: {
    'later-than-3s': { metric: 'recommendation.lateRatio', statistic: 'value', atMost: 0.01 },
  },
};
