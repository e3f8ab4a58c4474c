// The expressions that several panels are made of.

/** Requests of shoppers: neither Prometheus's own nor those that ask for health. */
export const SHOPPERS = '{service=~"api.*",route!~"/health.*|/metrics"}';
/** A window that Grafana chooses for the span that is shown. */
const WINDOW = '[$__rate_interval]';

export const rate = (metric: string) => `rate(${metric}${WINDOW})`;
export const quantile = (q: number, bucket: string) =>
  `histogram_quantile(${q}, sum by (le) (${rate(bucket)}))`;
export const mean = (histogram: string) =>
  `sum(${rate(`${histogram}_sum`)}) / sum(${rate(`${histogram}_count`)})`;
