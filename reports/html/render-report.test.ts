import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { entryTone, entryWordText } from '../gallery/entry-words.ts';
import { readFinishedRun } from '../record/read-run.ts';
import { sampleResult } from '../testing/sample-result.ts';
import { type SyntheticOptions, writeSyntheticRun } from '../testing/synthetic-run.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import type { PageData } from './data/page-data.ts';
import { renderReport } from './render-report.ts';

const root = temporaryFolder();

function render(options: Omit<SyntheticOptions, 'root'>): Promise<string> {
  return renderReport(readFinishedRun(writeSyntheticRun({ root, ...options })));
}

function dataOf(page: string): PageData {
  const base64 = /id="page-data">([^<]*)</.exec(page)![1]!;
  return JSON.parse(gunzipSync(Buffer.from(base64, 'base64')).toString());
}

/** The page without its script, whose texts hold namespace addresses that nothing is loaded from. */
function withoutScript(page: string): string {
  return page.replaceAll(/<script>[\s\S]*?<\/script>/g, '');
}

test('half an hour fits into 1 MB and 300 buckets, its shell into 300 KB', { timeout: 120_000 }, async () => {
  const page = await render({ scenario: 'long', durationSeconds: 1800 });
  const data = dataOf(page);
  expect(data.cells[0]!.seconds.length).toBeLessThanOrEqual(300);
  expect(Buffer.byteLength(page)).toBeLessThan(1_000_000);
  const shell = page.replaceAll(/id="page-(data|histograms)">[^<]*</g, '');
  expect(Buffer.byteLength(shell)).toBeLessThan(300_000);
});

test('the page of two minutes is at most 300 KB on its way through a network', async () => {
  const page = await render({ scenario: 'compressed', durationSeconds: 120 });
  expect(gzipSync(page, { level: 9 }).length).toBeLessThan(300_000);
});

test('the page loads nothing from anywhere', async () => {
  const page = await render({ scenario: 'alone', durationSeconds: 5 });
  expect(page.includes('default-src &#39;none&#39;; script-src &#39;sha256-')).toBe(true);
  expect(
    /(src|action)\s*=|href="(?!#)|@import|url\(|https?:\/\//i.exec(withoutScript(page))?.[0],
  ).toBeUndefined();
  expect(/sourceMappingURL|\bimport\s*\(|\bfetch\(/.exec(page)?.[0]).toBeUndefined();
});

test('words from data are escaped wherever they stand', async () => {
  const hostileText = `<script>alert(1)</script><img onerror=x>"'&`;
  const page = await render({ scenario: 'hostile', durationSeconds: 5, hostileText, verdict: 'INVALID' });
  expect(/<img|alert\(1\)<\/script>/.exec(withoutScript(page))?.[0]).toBeUndefined();
  expect(page.match(/<script/g)).toHaveLength(3);
  expect(page.includes('&lt;script&gt;alert(1)&lt;/script&gt;&lt;img onerror=x&gt;&quot;&#39;&amp;')).toBe(
    true,
  );
});

test('the page opens with answer and limits, then verdict in figures, numbers, audit and generator', async () => {
  const page = await render({ scenario: 'order', durationSeconds: 5, verdict: 'FAIL' });
  const ids = [...withoutScript(page).matchAll(/<section id="([a-z]+)"/g)].map(([, id]) => id);
  expect(ids.slice(0, 5)).toEqual(['limits', 'why', 'numbers', 'audit', 'generator']);
  expect(page).toMatch(
    /✗ FAIL<\/p>\n<p class="answer"><strong class="lead-word">No, your shop does not hold at this load\.</,
  );
  expect(page).toMatch(/✗ FAIL<\/strong> 1 of 4 limits crossed: order confirmed p99 = /);
  for (const id of ids) expect(page, id).toContain(`<li><a href="#${id}">`);
});

test('the first screen of a rehearsal tells every wait in seconds, and what its chart is drawn with', async () => {
  const states: Partial<SyntheticOptions>[] = [
    { verdict: 'PASS' },
    { hasFault: true },
    { verdict: 'UNDECIDED' },
  ];
  for (const [index, options] of states.entries()) {
    const scenario = `seconds-${index}`;
    const page = withoutScript(await render({ ...options, scenario, durationSeconds: 40 }));
    const screen = page.slice(page.indexOf('<header>'), page.indexOf('id="why"'));
    expect(screen).toMatch(/half 0\.\d+.s<[\s\S]*limit ≤ 5 s/);
    expect(screen.match(/.{0,40}\d.ms\b/g)).toBeNull();
    expect(screen).toContain('line: 99 of 100 waited less; dotted: the limit on it');
  }
});

test('a bar names its limit once', async () => {
  const page = await render({ scenario: 'names', durationSeconds: 5 });
  expect(page).toContain('<small>order-confirmed-p99</small>');
  expect(page).toMatch(/>conversion <span[\s\S]*above the limit<\/p>/);
});

test('people who signed up are shown beside the curve, where anybody was to', async () => {
  const growing = await render({ scenario: 'growing', durationSeconds: 10, hasGrowth: true });
  expect(growing).toContain('<section id="growth"');
  expect(growing).toMatch(/people signed up<\/dt><dd[^>]*>\d+ of 20</);
  const { sums } = dataOf(growing).cells[0]!;
  const total = (column: number[]) => column.reduce((sum, count) => sum + count, 0);
  expect(total(sums.signUpsPlanned)).toBe(20);
  expect(total(sums.signUpsConfirmed)).toBe(18);
  expect(await render({ scenario: 'steady', durationSeconds: 5 })).not.toContain('id="growth"');
});

test('an invalid run has a banner, a failed audit shows no limits, numbers or effects', async () => {
  const invalid = await render({ scenario: 'invalid', durationSeconds: 5, verdict: 'INVALID' });
  expect(invalid.includes('<p class="banner void"')).toBe(true);
  const variants = ['direct', 'kafka'];
  const failed = await render({ scenario: 'audit', durationSeconds: 5, verdict: 'AUDIT_FAILED', variants });
  expect(failed.includes('<p class="banner bad"')).toBe(true);
  expect(failed.includes('id="comparisons"')).toBe(false);
  const one = await render({ scenario: 'books', durationSeconds: 5, verdict: 'AUDIT_FAILED' });
  expect(withoutScript(one)).not.toMatch(/class="first-row"|data-chart="first"/);
  expect(/<dt>orders an hour/.test(failed)).toBe(false);
});

test('several variants get curves, effects and a choice each', async () => {
  const page = await render({
    scenario: 'two',
    durationSeconds: 5,
    variants: ['direct', 'kafka'],
    blockCount: 2,
  });
  const data = dataOf(page);
  expect(data.variants.map(({ key }) => key)).toEqual(['direct', 'kafka']);
  expect(data.cells.map(({ variant, block }) => `${variant}/${block ?? 'all'}`)).toEqual([
    'direct/all',
    'direct/0',
    'direct/1',
    'kafka/all',
    'kafka/0',
    'kafka/1',
  ]);
  expect(page.includes('<option value="kafka">')).toBe(true);
  for (const text of [
    '⊘ REFUSED',
    'no verdict: need values above 0; candidate value 1 is 0',
    'Block by block',
  ])
    expect(page.includes(text), text).toBe(true);
  const effect = /HTTP response p50<small>[\s\S]{0,80}<\/small><\/td>\s*<td class="number">−2\d\.\d % \[/;
  expect(effect.test(page)).toBe(true);
  expect(page.includes('No broker in this path')).toBe(true);
});

test('a fault is an event of its run, with the moment of recovery, and a limit of its own', async () => {
  const page = await render({ scenario: 'fault', durationSeconds: 40, hasFault: true });
  expect(dataOf(page).cells[0]!.events).toEqual([
    { second: 20, label: 'broker killed' },
    { second: 32.4, label: 'recovered after 12.4 s' },
  ]);
  expect(/time to recover <[\s\S]*12\.4 s<[\s\S]*limit ≤ 30 s/.test(page)).toBe(true);
  expect(page).toContain('>Nothing was lost.</strong>');
});

test('three variants at two levels in twelve blocks fit into 1.5 MB', { timeout: 300_000 }, async () => {
  const variants = ['direct', 'direct-batched', 'kafka'];
  const levels = ['light', 'heavy'];
  const page = await render({
    scenario: 'many',
    durationSeconds: 10,
    leadInSeconds: 2,
    variants,
    levels,
    blockCount: 12,
  });
  const data = dataOf(page);
  expect(data.cells.filter(({ block }) => block === null)).toHaveLength(6);
  expect(data.cells.filter(({ block }) => block !== null)).toHaveLength(72);
  expect(data.blockCharts.map(({ title }) => title)).toEqual([
    'HTTP response p50 at light',
    'order confirmed p50 at light',
    'HTTP response p50 at heavy',
    'order confirmed p50 at heavy',
  ]);
  expect(Buffer.byteLength(page)).toBeLessThan(1_500_000);
});

test('a limit that could not be decided and a run that went on anyway are said in words, on the page and in the gallery', async () => {
  const run = readFinishedRun(writeSyntheticRun({ root, scenario: 'undecided', durationSeconds: 5 }));
  const differences = ['commit: found c0ffee, needed b8194fe2'];
  const { thresholds, variants } = sampleResult('UNDECIDED');
  const key = Object.keys(variants)[0]!;
  const result = { ...run.result, verdict: 'UNDECIDED' as const, exitCode: 2, thresholds };
  const page = withoutScript(
    await renderReport({
      ...run,
      manifest: { ...run.manifest, resumedAnyway: differences },
      result: { ...result, variants: { [key]: run.result.variants[key]! } },
    }),
  );
  expect(page).toContain('<p class="word">? UNDECIDED</p>');
  expect(page).toContain('<span class="judgement void">? undecided</span>');
  expect(page).toContain('too few samples (60 of 100)');
  expect(page).toContain('<strong>RESUMED ANYWAY</strong>');
  expect(page).toContain('commit: found c0ffee, needed b8194fe2');
  expect([entryWordText('UNDECIDED'), entryTone('UNDECIDED')]).toEqual(['? UNDECIDED', 'void']);
});
