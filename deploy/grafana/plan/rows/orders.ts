// The way of an order: topics, decisions, and the broker on or off.
import type { RowPlan } from '../plan.ts';
import { mean, quantile, rate } from '../promql.ts';

export const topics: RowPlan = {
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

export const orders: RowPlan = {
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
      title: 'Coupons a second',
      shows: 'Used by orders that were confirmed, and given back with a cancellation.',
      unit: 'ops',
      lines: { '{{change}}': `sum by (change) (${rate('shop_orders_coupons_total')}) or vector(0)` },
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

export const kafkaOnOff: RowPlan = {
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
