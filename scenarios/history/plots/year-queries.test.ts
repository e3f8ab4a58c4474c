import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { repositoryRoot } from '../../data/repository.ts';
import { YEAR_QUERIES } from './year-queries.ts';

const documentation = readFileSync(join(repositoryRoot, 'docs/history.md'), 'utf8');

it.each(YEAR_QUERIES)('$question stands in docs/history.md with its plot', ({ question, sql, plot }) => {
  expect(documentation).toContain(question);
  expect(documentation).toContain(sql);
  const id = `history/${plot([]).id}`;
  expect(documentation).toContain(`srcset="${id}-dark.png"><img alt="${question}" src="${id}.png">`);
  for (const image of [`${id}.png`, `${id}-dark.png`])
    expect(existsSync(join(repositoryRoot, 'docs', image))).toBe(true);
});

it('counts promotions and demotions of a week apart', () => {
  const moves = YEAR_QUERIES.find(({ question }) => question === 'Who rose and fell?');
  const chart = moves?.plot([
    { week: '2026-06-01', from_grade: 'BRONZE', to_grade: 'SILVER', customer_count: '7' },
    { week: '2026-06-01', from_grade: 'BRONZE', to_grade: 'GOLD', customer_count: '2' },
    { week: '2026-06-01', from_grade: 'VIP', to_grade: 'GOLD', customer_count: '1' },
  ]);
  expect(chart?.series.map(({ values }) => values)).toEqual([[9], [1]]);
});

it('ends a cohort’s line with what is known of it', () => {
  const retention = YEAR_QUERIES.find(({ question }) => question === 'Do people come back?');
  const row = (cohort_month: string, months_after: string, retention_ratio: string) => ({
    cohort_month,
    months_after,
    retention_ratio,
    cohort_size: '400',
  });
  const chart = retention?.plot([
    row('2026-01-01', '0', '1'),
    row('2026-01-01', '1', '0.2'),
    row('2026-01-01', '3', '0.1'),
    row('2026-02-01', '0', '1'),
    row('2026-02-01', '1', '0.3'),
  ]);
  expect(chart?.series.map(({ values }) => values)).toEqual([
    [20, 0, 10],
    [30, null, null],
  ]);
});
