// Rows of what is kept ready: the cache, the hot set in it, and everybody's grade.
import type { RowPlan } from '../plan.ts';
import { mean, quantile, rate } from '../promql.ts';

export const cache: RowPlan = {
  title: 'Cache',
  panels: [
    {
      title: 'Hit ratio by kind',
      shows: 'Of the reads of the last minute that may come from the cache.',
      unit: 'percentunit',
      lines: { '{{kind}}': 'shop:cache_hits:ratio1m' },
    },
    {
      title: 'Reads through the cache',
      shows:
        'Product pages, lists and customers a second. A bypass went to the database because Redis was away.',
      unit: 'ops',
      lines: { '{{kind}} {{outcome}}': 'shop:cache_reads:rate1m' },
    },
    {
      title: 'Reads of the database',
      shows: 'Loads a second: misses and bypasses that nobody else was loading, and early refreshes.',
      unit: 'ops',
      lines: {
        '{{kind}}': 'shop:cache_loads:rate1m',
        'early refreshes': `sum(${rate('shop_cache_early_refreshes_total')}) or vector(0)`,
      },
    },
    {
      title: 'Time of a read, p95',
      shows: 'From the look-up to the answer; `load` is the database’s part of a miss.',
      unit: 's',
      lines: {
        '{{outcome}}': 'shop:cache_read_seconds:p95_1m',
        load: quantile(0.95, 'shop_cache_load_seconds_bucket'),
      },
    },
    {
      title: 'Reads past Redis',
      shows: 'Bypasses of all reads; above 5% for a minute is an alert.',
      unit: 'percentunit',
      lines: { bypassed: 'shop:cache_bypassed:ratio1m' },
    },
    {
      title: 'Evictions and failures',
      shows: 'Entries a second that a policy let go for others, and commands that Redis did not do in time.',
      unit: 'ops',
      lines: {
        evictions: `sum(${rate('shop_cache_evictions_total')}) or vector(0)`,
        failures: `sum(${rate('shop_cache_failures_total')}) or vector(0)`,
      },
    },
  ],
};

export const hotSet: RowPlan = {
  title: 'Hot set',
  panels: [
    {
      title: 'Age of the hot set, and time to its next refresh',
      shows: 'A sawtooth up to the interval (50 s); above 100 s is an alert.',
      unit: 's',
      lines: { age: 'shop:hot_set_age:seconds', 'next refresh': 'min(shop_hot_set_next_refresh_seconds)' },
    },
    {
      title: 'Entries',
      shows: 'Customers and products in Redis; 1,000 each where there are as many.',
      unit: 'short',
      lines: { '{{kind}}': 'max by (kind) (shop_hot_set_entries)' },
    },
    {
      title: 'Refreshes',
      shows: 'A second, by outcome. Failed ones are an alert; the old set stays.',
      unit: 'ops',
      lines: { '{{outcome}}': `sum by (outcome) (${rate('shop_hot_set_refreshes_total')})` },
    },
    {
      title: 'Time of a refresh',
      shows: 'From its first statement to the swap.',
      unit: 's',
      lines: {
        mean: mean('shop_hot_set_refresh_seconds'),
        p95: quantile(0.95, 'shop_hot_set_refresh_seconds_bucket'),
      },
    },
    {
      title: 'Who refreshes',
      shows: '1 for the cache worker that leads; none for 30 s is an alert.',
      unit: 'short',
      lines: { '{{service}} {{instance}}': 'shop_hot_set_leader' },
    },
  ],
};

export const grades: RowPlan = {
  title: 'Grades',
  panels: [
    {
      title: 'Updates of all grades',
      shows: 'A second, by outcome; `left` was another process’s turn. Failed ones are an alert.',
      unit: 'ops',
      lines: { '{{outcome}}': `sum by (outcome) (${rate('shop_grades_updates_total')})` },
    },
    {
      title: 'Promotions and demotions',
      shows: 'Customers a second whose grade became another one.',
      unit: 'ops',
      lines: {
        '{{from}} to {{to}}': `sum by (from, to) (${rate('shop_grades_changes_total')}) or vector(0)`,
      },
    },
    {
      title: 'Time of an update',
      shows: 'One pass over the orders of 180 days, and the writing of what changed.',
      unit: 's',
      lines: {
        mean: mean('shop_grades_update_seconds'),
        p95: quantile(0.95, 'shop_grades_update_seconds_bucket'),
      },
    },
  ],
};
