// A comparison along an axis of its own, on a target that nobody orders from: from the first line on the terminal to the last
// section of the page nothing is said of orders or of a broker, but where the scenario's own settings are listed.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { closingText } from '../../reports/words/closing-text.ts';
import { describePlan } from '../ask/dry-run.ts';
import { smoke } from '../questions/smoke.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { rehearseToy, smallRun, toyFolder } from './testing/toy-run.ts';

vi.mock('../scenario/axes.ts', async (original) => {
  const { default: Type } = await import('typebox');
  const real = await original<typeof import('../scenario/axes.ts')>();
  const policy = Type.Enum(['none', 'minute'], { description: 'how long pages are kept: none, minute' });
  return {
    ...real,
    axisSettings: { ...real.axisSettings, cache: Type.Object({ policy }, { additionalProperties: false }) },
    usualAxes: { ...real.usualAxes, cache: { policy: 'none' } },
  };
});
vi.mock('./targets.ts', async (original) => {
  const real = await original<typeof import('./targets.ts')>();
  const { toyTarget } = await import('./testing/toy-target.ts');
  const values = {
    none: { words: null, note: null },
    minute: { words: 'with pages kept for a minute', note: 'A page may be a minute old.' },
  };
  const toy = toyTarget([
    { path: 'cache.policy', variable: 'CACHE_POLICY' as never, values, comparedOn: null },
  ]);
  return { targets: { ...real.targets, toy } };
});
vi.mock('../scenario/arrivals.ts', async (original) => {
  const { arrivalsOfRequests } = await import('./testing/toy-target.ts');
  return arrivalsOfRequests(await original());
});

const folder = toyFolder();

const keeping: Scenario = {
  ...smoke,
  name: 'keeping',
  title: 'Keeping pages',
  question: 'Does it pay to keep pages?',
  target: 'toy',
  answer: 'which-is-better',
  thresholds: {
    'http-response-p50': { metric: 'http.response', statistic: 'p50', atMost: 60_000 },
  },
  comparison: {
    variants: { none: ['cache.policy=none'], minute: ['cache.policy=minute'] },
    levels: { light: [] },
    pairs: [{ baseline: 'none', candidate: 'minute', tells: 'keeping pages' }],
    blocks: 2,
    quick: { levels: ['light'], blocks: 2, set: [] },
    primary: [{ metric: 'http.response', statistic: 'p50' }],
    exploratory: [{ metric: 'http.failedRatio', statistic: 'value' }],
    marginRatio: 0.05,
    expectedSd: 0.07,
    restsOn: [],
    declared: false,
  },
};

/** What a reader sees, without the scripts, which know every metric there is, and the scenario's settings and data. */
function seenOf(page: string): string {
  return page
    .replaceAll(/<script[\s\S]*?<\/script>/g, '')
    .replaceAll(/<style>[\s\S]*?<\/style>/g, '')
    .replaceAll(/<pre>[\s\S]*?<\/pre>/g, '')
    .replaceAll(/<code>npm run scenario[\s\S]*?<\/code>/g, '')
    .replaceAll(/<dt>Started from<\/dt><dd>[\s\S]*?<\/dd>/g, '')
    .replaceAll('load.warmUpOrders=0', '');
}

/** Each place with what stands around it. */
function namings(text: string): string[] {
  return [...text.matchAll(/.{0,60}(kafka|broker|order).{0,60}/gi)].map(([place]) => place);
}

it('neither the terminal nor the page of it names an order or a broker', { timeout: 240_000 }, async () => {
  const { result, directory, scenario, cells, said } = await rehearseToy(
    keeping,
    { set: [...smallRun] },
    folder,
  );
  const told = [describePlan(scenario, cells, 'built', 2), said, closingText(result)];
  const terminal = told.join('\n').replace(/^ *data set: .*$/m, '');
  expect(terminal).toContain('HTTP response p50 of minute against none');
  expect(terminal).toMatch(/HTTP +p50 /);
  const page = seenOf(readFileSync(join(directory, 'report.html'), 'utf8'));
  expect(page).toContain('toy-is-whole');
  expect(page).toContain('keeping pages<small>minute against none</small>');
  expect({ terminal: namings(terminal), page: namings(page) }).toEqual({ terminal: [], page: [] });
});
