// Rows of what the shop tells people unasked: live counters, and what the rules give and say.
import type { RowPlan } from '../plan.ts';
import { mean, quantile, rate } from '../promql.ts';

export const counters: RowPlan = {
  title: 'Live counters',
  panels: [
    {
      title: 'Sockets that watch counters',
      shows: 'Pages that are told when a number on them changes, by process of the API.',
      unit: 'short',
      lines: { '{{service}} {{instance}}': 'shop_counters_watching_sockets{service=~"api.*"}' },
    },
    {
      title: 'Messages with new values',
      shows: 'A second. Of each page at most four: what changes meanwhile comes together.',
      unit: 'ops',
      lines: { messages: `sum(${rate('shop_counters_messages_total')})` },
    },
    {
      title: 'From a change to its telling',
      shows: 'Of the oldest change in each message; a page is told four times a second at most.',
      unit: 's',
      lines: {
        mean: mean('shop_counters_lag_seconds'),
        p95: quantile(0.95, 'shop_counters_lag_seconds_bucket'),
      },
    },
    {
      title: 'Counters read from the database',
      shows: 'A second: how many people have a product, or a coupon, where somebody watches it.',
      unit: 'ops',
      lines: { reads: `sum(${rate('shop_counters_reads_total')})` },
    },
    {
      title: 'Socket events that were refused',
      shows: 'A second, by code. `too-many-requests`: somebody says more of their pages than a person does.',
      unit: 'ops',
      lines: { '{{code}}': `sum by (code) (${rate('shop_counters_refused_total')})` },
    },
    {
      title: 'Failures, and presences swept, in all',
      shows:
        'Since the processes started: what Redis or the database did not take, and what ended processes had left.',
      unit: 'short',
      lines: {
        failures: 'sum(shop_counters_failures_total)',
        'presences swept': 'sum(shop_counters_swept_total)',
      },
    },
  ],
};

export const rules: RowPlan = {
  title: 'Rules and notifications',
  panels: [
    {
      title: 'Coupons and alerts given, by rule',
      shows: 'A second. What each rule asks for is in docs/rules.md.',
      unit: 'ops',
      lines: { '{{rule}}': `sum by (rule) (${rate('shop_rules_given_total')})` },
    },
    {
      title: 'Actions that the rules looked at',
      shows: 'A second; below what shoppers do, the rules fall behind.',
      unit: 'ops',
      lines: { actions: `sum(${rate('shop_rules_actions_total')})` },
    },
    {
      title: 'From an action to what it brings',
      shows: 'From the intake of a batch of actions until what the rules say of it is given.',
      unit: 's',
      lines: {
        mean: mean('shop_rules_lag_seconds'),
        p95: quantile(0.95, 'shop_rules_lag_seconds_bucket'),
      },
    },
    {
      title: 'People remembered, and alarms set',
      shows: 'Whose last half hour the engine knows, and who is looked at when a time has passed.',
      unit: 'short',
      lines: { people: 'sum(shop_rules_people)', alarms: 'sum(shop_rules_alarms)' },
    },
    {
      title: 'Rules that wait for what is away',
      shows: '1 while actions wait because PostgreSQL is away or refuses; failed attempts a second by cause.',
      unit: 'short',
      lines: {
        '{{instance}}': 'shop_rules_waiting{service="rules-engine"}',
        'attempts: {{cause}}': `sum by (cause) (${rate('shop_rules_waits_total')}) or vector(0)`,
      },
    },
    {
      title: 'Notifications on screens',
      shows: 'A second: shown, given again to whoever came back, and read; pushes that Redis did not take.',
      unit: 'ops',
      lines: {
        shown: `sum(${rate('shop_notifications_shown_total')})`,
        'given again': `sum(${rate('shop_notifications_given_again_total')})`,
        read: `sum(${rate('shop_notifications_read_total')})`,
        'lost pushes': `sum(${rate('shop_rules_push_failures_total')})`,
      },
    },
  ],
};
