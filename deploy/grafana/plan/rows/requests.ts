// What shoppers ask for and how it is answered.
import type { RowPlan } from '../plan.ts';
import { quantile, rate, SHOPPERS } from '../promql.ts';

export const overview: RowPlan = {
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

export const requests: RowPlan = {
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
