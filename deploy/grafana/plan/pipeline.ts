// The dashboard of the pipeline, from the shopper's request to the committed order. A panel more is an entry of a row in rows/, a
// row more an entry of `rows`; what a metric is called is told by the shop (GET /metrics) and by
// deploy/prometheus/rules/recorded.yml.
import type { DashboardPlan } from './plan.ts';
import { cache, grades, hotSet } from './rows/cache.ts';
import { database, processes } from './rows/machinery.ts';
import { kafkaOnOff, orders, topics } from './rows/orders.ts';
import { overview, requests } from './rows/requests.ts';
import { counters, rules } from './rows/told.ts';

export const PIPELINE: DashboardPlan = {
  uid: 'stampede-shop',
  title: 'The shop',
  description:
    'The pipeline from the shopper’s request to the committed order. Made by deploy/grafana/write-dashboard.ts.',
  rows: [
    overview,
    requests,
    topics,
    orders,
    counters,
    rules,
    database,
    cache,
    hotSet,
    grades,
    kafkaOnOff,
    processes,
  ],
};
