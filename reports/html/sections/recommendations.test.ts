import { expect, it } from 'vitest';
import { readFinishedRun } from '../../record/read-run.ts';
import type { LatencySummary } from '../../record/result.ts';
import { writeSyntheticRun } from '../../testing/synthetic-run.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { renderReport } from '../render-report.ts';

const root = temporaryFolder();

const shown = (p50: number, p99: number): LatencySummary => ({
  unit: 'ms',
  count: 2_000,
  censoredCount: 0,
  mean: p50,
  p50,
  p90: p99,
  p95: p99,
  p99,
  max: p99,
});
const ratio = (value: number) => ({ unit: 'ratio', value });

it('sets what was measured of each engine beside arithmetic, and shows the way of an act, where people acted', async () => {
  const variants = ['periodic', 'incremental'];
  const run = readFinishedRun(writeSyntheticRun({ root, scenario: 'acting', durationSeconds: 5, variants }));
  expect(await renderReport(run)).not.toContain('id="recommendations"');
  Object.assign(run.result.variants.periodic?.metrics ?? {}, {
    'recommendation.shown': shown(2_010, 4_100),
    'recommendation.lateRatio': ratio(0.243),
    'recommendation.arithmeticLateRatio': ratio(0.2525),
    'stage.actWait': shown(2_000, 4_000),
  });
  Object.assign(run.result.variants.incremental?.metrics ?? {}, {
    'recommendation.shown': shown(20, 90),
    'recommendation.lateRatio': ratio(0),
  });
  const page = await renderReport(run);
  const [, section = ''] = page.split('<section id="recommendations"');
  // Cycles of 4 s do not aim at a tenth of a second.
  expect(section).toMatch(
    /periodic<\/th>(?:(?!beyond the aim).)*2,010 ms(?:(?!beyond the aim).)*24\.3 %.*25\.3 %/,
  );
  expect(section).not.toContain('beyond the aim');
  expect(section).toMatch(/incremental<\/th>.*20 ms.*90 ms<small>as aimed at.*0 %.*–/);
  expect(page).toContain('data-stage="stage.actWait"');
  expect(page).toContain('An act’s way to its lists');
});
