// The plain values of people: who signed up, who bought, who could not come, and whose requests failed.
import type { CountSource, Metric } from './metric.ts';

export const GROWTH_VALUES = [
  {
    name: 'signUps.confirmed',
    kind: 'count',
    // By intended time, as the planned ones are: whoever got no account stands among the censored samples.
    counts: ['answered signUp.confirmed'],
    absentWithout: 'signUpsPlanned',
    unit: 'people',
    label: 'people signed up',
    better: 'higher',
    changes: 'number',
    needs: 'growth',
    headline: { note: 'in the measured span, of those who were to', outOf: 'signUps.planned' },
  },
] as const satisfies readonly Metric<CountSource>[];

export const SESSION_AND_REQUEST_VALUES = [
  {
    name: 'sessions.conversionRatio',
    kind: 'ratio',
    part: ['ordersConfirmed'],
    whole: ['sessionsStarted'],
    unit: 'ratio',
    label: 'conversion',
    better: 'higher',
    needs: 'orders',
    headline: { note: 'orders per session' },
  },
  {
    name: 'sessions.noFreePersonRatio',
    kind: 'told',
    unit: 'ratio',
    label: 'nobody free to come',
    better: 'lower',
  },
  {
    name: 'http.failedRatio',
    kind: 'ratio',
    part: ['intendedFailed'],
    whole: ['intendedFailed', 'intendedSucceeded'],
    unit: 'ratio',
    label: 'failed requests',
    better: 'lower',
    headline: { note: 'with timeouts' },
  },
] as const satisfies readonly Metric<CountSource>[];
