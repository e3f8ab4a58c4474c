// The dashboard of the pipeline, from the shopper's request to the committed order. A row more is one entry of `rows`; what a
// metric is called is told by the shop (GET /metrics) and by deploy/prometheus/rules/recorded.yml.
import type { DashboardPlan, RowPlan } from './plan.ts';

/** Requests of shoppers: neither Prometheus's own nor those that ask for health. */
const SHOPPERS = '{service=~"api.*",route!~"/health.*|/metrics"}';
/** A window that Grafana chooses for the span that is shown. */
const WINDOW = '[$__rate_interval]';

const rate = (metric: string) => `rate(${metric}${WINDOW})`;
const quantile = (q: number, bucket: string) => `histogram_quantile(${q}, sum by (le) (${rate(bucket)}))`;
const mean = (histogram: string) => `sum(${rate(`${histogram}_sum`)}) / sum(${rate(`${histogram}_count`)})`;

const overview: RowPlan = {
  title: 'At a glance',
  panels: [
    {
      title: 'Alerts that fire',
      shows: 'Alerts of deploy/prometheus/rules/alerts.yml; 0 is good. Which ones: Prometheus, Alerts.',
      unit: 'short',
      isNumber: true,
      lines: { alerts: 'count(ALERTS{alertstate="firing"}) or vector(0)' },
    },
    {
      title: 'Processes that answer',
      shows: 'Processes of the shop that Prometheus reaches, by service.',
      unit: 'short',
      isNumber: true,
      lines: { '{{service}}': 'sum by (service) (up{job="shop"})' },
    },
    {
      title: 'Orders in an hour at this rate',
      shows: 'Confirmed orders of the last minute times sixty.',
      unit: 'short',
      isNumber: true,
      lines: { confirmed: '3600 * shop:orders_resolved:rate1m{state="confirmed"}' },
    },
  ],
};

const requests: RowPlan = {
  title: 'Requests',
  panels: [
    {
      title: 'Requests by route',
      shows: 'Answered requests of shoppers a second.',
      unit: 'reqps',
      lines: {
        '{{route}}': `sum by (route) (${rate(`http_request_duration_seconds_count${SHOPPERS}`)})`,
      },
    },
    {
      title: 'Time to the end of an answer',
      shows: 'Over all routes, from the request’s arrival in the process.',
      unit: 's',
      lines: Object.fromEntries(
        [50, 95, 99].map((percent) => [
          `p${percent}`,
          quantile(percent / 100, `http_request_duration_seconds_bucket${SHOPPERS}`),
        ]),
      ),
    },
    {
      title: 'Answers that are errors',
      shows: '4xx are refusals (a page that is not there, a session that ended), 5xx are the shop’s own.',
      unit: 'reqps',
      lines: {
        '{{status}}': `sum by (status) (${rate('http_request_duration_seconds_count{status=~"4..|5.."}')})`,
      },
    },
    {
      title: 'Time of an answer by route, p95',
      shows: 'Over the last minute.',
      unit: 's',
      lines: { '{{route}}': 'shop:http_response_seconds:p95_1m' },
    },
    {
      title: 'Time of an answer by route, p99',
      shows: 'Over the last minute; above 500 ms for two minutes is an alert.',
      unit: 's',
      lines: { '{{route}}': 'shop:http_response_seconds:p99_1m' },
    },
    {
      title: 'Answers that failed',
      shows: '5xx of all answers in the last minute; above 0.5% is an alert.',
      unit: 'percentunit',
      lines: { failed: 'shop:http_failed:ratio1m' },
    },
  ],
};

const topics: RowPlan = {
  title: 'Topics',
  panels: [
    {
      title: 'Messages written a second',
      shows: 'By topic, the dead letters’ among them, as the broker counts them.',
      unit: 'ops',
      lines: { '{{topic}}': 'shop:topic_written:rate1m' },
    },
    {
      title: 'Messages committed a second',
      shows: 'By consumer group. Below what is written the lag grows.',
      unit: 'ops',
      lines: { '{{topic}} by {{group}}': 'shop:topic_committed:rate1m' },
    },
    {
      title: 'Lag of the consumer groups',
      shows: 'Messages that wait; above 1,000 for a minute is an alert, and so is a lag without any commit.',
      unit: 'short',
      lines: { '{{topic}} by {{group}}': 'shop:topic_lag:messages' },
    },
    {
      title: 'Lag by partition',
      shows: 'One partition alone: its consumer stands still, or one customer orders very much.',
      unit: 'short',
      lines: { '{{topic}} {{partition}}': 'max by (topic, partition) (shop_topic_lag)' },
    },
    {
      title: 'The broker answers',
      shows: '1 while Kafka answers this process about the topics.',
      unit: 'short',
      lines: { '{{service}} {{instance}}': 'shop_broker_reachable' },
    },
    {
      title: 'Dead letters, conflicts and lost pushes, in all',
      shows: 'Since the processes started. Dead letters and lost pushes are alerts.',
      unit: 'short',
      lines: {
        'dead letters': 'sum(shop_orders_dead_letters_total)',
        conflicts: 'sum(shop_orders_conflicts_total) or vector(0)',
        'lost pushes': 'sum(shop_orders_push_failures_total)',
      },
    },
  ],
};

const orders: RowPlan = {
  title: 'Orders',
  panels: [
    {
      title: 'Orders a second',
      shows: 'Taken in through the broker, and decided.',
      unit: 'ops',
      lines: { accepted: 'shop:orders_accepted:rate1m', '{{state}}': 'shop:orders_resolved:rate1m' },
    },
    {
      title: 'Why orders were rejected',
      shows: 'Sold out is the shop’s business; a declined payment is not its fault either.',
      unit: 'ops',
      lines: {
        '{{reason}}': `sum by (reason) (${rate('shop_orders_resolved_total{reason!=""}')})`,
        'of all decided, as a ratio': 'shop:orders_rejected:ratio1m',
      },
    },
    {
      title: 'Orders that wait for what is away',
      shows: '1 while orders wait because PostgreSQL is away or refuses; for 30 s it is an alert.',
      unit: 'short',
      lines: { '{{service}} {{instance}}': 'shop_orders_waiting' },
    },
    {
      title: 'Causes of waiting',
      shows: 'Attempts a second to place orders that failed, by SQLSTATE or the system’s error.',
      unit: 'ops',
      lines: { '{{cause}}': `sum by (cause) (${rate('shop_orders_waits_total')}) or vector(0)` },
    },
  ],
};

const database: RowPlan = {
  title: 'Database',
  panels: [
    {
      title: 'Connections in use',
      shows: 'Of those that the process may open (DATABASE_POOL_SIZE).',
      unit: 'percentunit',
      lines: { '{{service}} {{instance}}': 'shop:database_busy:ratio' },
    },
    {
      title: 'Waiting for a connection',
      shows: 'Statements and transactions, in the mean of a minute; above 1 for a minute is an alert.',
      unit: 'short',
      lines: { '{{service}} {{instance}}': 'shop:database_waiting:avg1m' },
    },
    {
      title: 'Open connections',
      shows: 'PostgreSQL serves max_connections of all processes together.',
      unit: 'short',
      lines: { '{{service}} {{state}}': 'sum by (service, state) (shop_database_connections)' },
    },
  ],
};

const kafkaOnOff: RowPlan = {
  title: 'Experiment: Kafka on or off',
  panels: [
    {
      title: 'Orders by way',
      shows: '202: taken in for the broker (ORDERS_TRANSPORT=kafka). 201: decided within the request.',
      unit: 'reqps',
      lines: {
        '{{status}}': `sum by (status) (${rate('http_request_duration_seconds_count{route="/orders",status=~"201|202"}')})`,
      },
    },
    {
      title: 'Answer to an order, p95',
      shows: 'With the broker this is not yet the decision: the transaction and the lag come after it.',
      unit: 's',
      lines: {
        '{{status}}': `histogram_quantile(0.95, sum by (status, le) (${rate('http_request_duration_seconds_bucket{route="/orders",status=~"201|202"}')}))`,
      },
    },
    {
      title: 'Orders in one transaction',
      shows: 'Large batches are what the broker buys under load.',
      unit: 'short',
      lines: {
        mean: 'shop:orders_batch_size:mean1m',
        p95: quantile(0.95, 'shop_orders_batch_size_bucket'),
      },
    },
    {
      title: 'Time from the start of a batch to its commit',
      shows: 'What an order spends in PostgreSQL, waiting for locks and a connection among it.',
      unit: 's',
      lines: {
        p50: quantile(0.5, 'shop_orders_transaction_seconds_bucket'),
        p95: 'shop:order_transaction_seconds:p95_1m',
        mean: mean('shop_orders_transaction_seconds'),
      },
    },
  ],
};

const processes: RowPlan = {
  title: 'Processes',
  panels: [
    {
      title: 'CPU of each process',
      shows: '1 is a whole core; a Node process hardly gets beyond it.',
      unit: 'short',
      lines: { '{{service}} {{instance}}': rate('process_cpu_seconds_total{job="shop"}') },
    },
    {
      title: 'Event loop lag, p99',
      shows: 'Above 200 ms for two minutes is an alert.',
      unit: 's',
      lines: { '{{service}} {{instance}}': 'nodejs_eventloop_lag_p99_seconds{job="shop"}' },
    },
    {
      title: 'Memory of each process',
      shows: 'Resident; it should not grow from hour to hour.',
      unit: 'bytes',
      lines: { '{{service}} {{instance}}': 'process_resident_memory_bytes{job="shop"}' },
    },
  ],
};

export const PIPELINE: DashboardPlan = {
  uid: 'stampede-shop',
  title: 'The shop',
  description:
    'The pipeline from the shopper’s request to the committed order. Made by deploy/grafana/write-dashboard.ts.',
  rows: [overview, requests, topics, orders, database, kafkaOnOff, processes],
};
