import { expect, test } from 'vitest';
import { metricNamesIn } from './metric-names.ts';

test('functions, labels, ranges and groupings are not metrics', () => {
  expect(
    metricNamesIn(
      'histogram_quantile(0.95, sum by (le) (rate(a_seconds_bucket{service=~"api.*",route!="x"}[$__rate_interval])))',
    ),
  ).toEqual(['a_seconds_bucket']);
  expect(metricNamesIn('3600 * sum(rate(b_total[5m])) / on (job) c_count')).toEqual(['b_total', 'c_count']);
  expect(metricNamesIn('up{job="shop"}')).toEqual(['up']);
});
