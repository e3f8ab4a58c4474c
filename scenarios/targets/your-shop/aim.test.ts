// A scenario is aimed at somebody's own shop on the command line: what only ours has is left out, limits that need it are a mistake,
// and so is all that is wrong with file and address, before anything starts.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scenarioText } from '../../../reports/words/scenario-text.ts';
import { readCommandLine } from '../../ask/command-line.ts';
import { describePlan } from '../../ask/dry-run.ts';
import { planRun, startsPerSecond } from '../../plan/plan.ts';
import { scenarios } from '../../questions/all.ts';
import { notesOf, replayCommand } from '../../run/manifest.ts';
import { usualAxes } from '../../scenario/axes.ts';
import { originOf, withoutMeaningToYours } from './aim.ts';
import { askedOfYours } from './asked-of-yours.ts';

const folder = mkdtempSync(join(tmpdir(), 'stampede-aim-'));
const file = join(folder, 'my-shop.ts');
const url = 'http://127.0.0.1:3000/shop?x=1';
beforeAll(() => writeFileSync(file, ''));
afterAll(() => rmSync(folder, { recursive: true }));

type Options = Partial<Parameters<typeof readCommandLine>[2]>;
const asked = (name: string, options: Options = {}) =>
  readCommandLine(scenarios, name, { set: [], target: file, url, ...options }, folder, 2);

function aimed(name: string, options: Options = {}) {
  const read = asked(name, options);
  if (read.kind === 'mistakes') throw new Error(read.mistakes.join(' '));
  return read;
}

it.each(askedOfYours.filter((name) => name !== 'last-units'))(
  '%s is asked of it at a careful rate that rises, with nothing sold before',
  (name) => {
    const { scenario, cells } = aimed(name);
    // A rush comes at once.
    if (scenario.lastUnits !== undefined) return;
    expect(scenario).toMatchObject({
      target: 'your-shop',
      yourShop: { file, url: 'http://127.0.0.1:3000' },
      load: {
        arrivals: 'sessions',
        sessionsPerSecond: 5,
        warmUpOrders: 0,
        warmUpReads: 0,
      },
    });
    const { load } = scenario;
    const from = -load.leadInSeconds * 1_000;
    expect(load.rampSeconds).toBeGreaterThan(0);
    expect(load.rampSeconds).toBeLessThanOrEqual(load.leadInSeconds);
    expect(startsPerSecond(load, from)).toBe(0);
    expect(startsPerSecond(load, from + 500 * (load.rampSeconds ?? 0))).toBeCloseTo(2.5);
    expect(startsPerSecond(load, 0)).toBe(5);
    expect(cells.every(({ scenario: cell }) => planRun(cell, 1).kind === 'ok')).toBe(true);
  },
);

it('asks for the last pieces by a rush that comes at one instant', () => {
  const { scenario, cells } = aimed('last-units');
  expect(scenario).toMatchObject({ target: 'your-shop', load: { arrivals: 'rush', shoppersAtOnce: 100 } });
  expect(cells.every(({ scenario: cell }) => planRun(cell, 1).kind === 'ok')).toBe(true);
});

describe.each(askedOfYours)('%s', (name) => {
  it('says nothing of what only our shop has', () => {
    const { scenario, cells } = aimed(name);
    const told = [
      scenario.question,
      describePlan(scenario, cells, 'to be read', 2),
      ...notesOf(scenario, 'nice'),
      ...Object.values(scenario.thresholds).map(({ metric }) => metric),
    ].join('\n');
    expect(told).not.toMatch(
      /kafka|broker|postgres|redis|database|consumer|history|socket|stage\.|API process|20:00 of/i,
    );
  });

  it('is replayed by its command', () => {
    const { overrides, flags } = aimed(name, { seed: '7' });
    expect(replayCommand(name, 7, overrides, flags)).toBe(
      `npm run scenario -- ${name} --seed 7 --target ${file} --url '${url}'`,
    );
  });
});

it.each([
  ['peak-hour', ['arrivals', 'sessionsPerSecond']],
  ['last-units', ['arrivals', 'shoppersAtOnce']],
])('of %s its page shows the settings that mean something there', (name, rates) => {
  const { scenario } = aimed(name);
  const shown = JSON.parse(
    scenarioText({ effectiveScenario: scenario, withoutMeaning: withoutMeaningToYours(scenario) }),
  );
  for (const group of [...Object.keys(usualAxes), 'growth']) expect(shown).not.toHaveProperty(group);
  expect(shown.shop).toEqual({ hour: scenario.shop.hour });
  expect(Object.keys(shown.data)).toEqual(['seed', 'people']);
  const told = Object.keys(shown.load).filter((key) => /^arrivals$|PerSecond$|AtOnce$|^producers$/.test(key));
  expect(told.sort()).toEqual(rates.toSorted());
  expect(shown).toMatchObject({ thresholds: scenario.thresholds, yourShop: scenario.yourShop });
});

describe('the page says how the rate relates to the peak that the scenarios were made for', () => {
  it.each([
    ['5', '3.85 % of the peak'],
    ['13', '10 % of the peak'],
    ['130', 'the peak'],
  ])('%s sessions/s is %s', (sessionsPerSecond, words) => {
    const { scenario } = aimed('peak-hour', { sessionsPerSecond });
    const notes = notesOf(scenario, 'nice').join('\n');
    expect(notes).toContain(`${sessionsPerSecond} sessions/s is ${words} that these scenarios were made for`);
    expect(notes).toContain(`rises evenly from nothing to ${sessionsPerSecond} sessions/s in the first 20 s`);
    expect(notes).toContain('on the same machine as the generator');
  });
});

it('there are as many people as accounts, and too few are a mistake that says so', () => {
  const { scenario } = aimed('smoke');
  const shop = scenario.yourShop ?? { file, url };
  const some = planRun({ ...scenario, yourShop: { ...shop, accountCount: 400 } }, 1);
  const ids = some.kind === 'ok' ? some.plan.people.map(({ id }) => id) : [];
  expect(Math.max(...ids)).toBeLessThanOrEqual(400);
  expect(planRun({ ...scenario, yourShop: { ...shop, accountCount: 5 } }, 1)).toMatchObject({
    mistakes: [
      expect.stringContaining('Its file has 5 accounts: add rows, leave people out so that guests come'),
    ],
  });
});

describe('mistakes', () => {
  it.each<[string, Options, string]>([
    ['no such file', { target: './not-there.ts' }, '--target ./not-there.ts: there is no such file.'],
    [
      'no address',
      { url: undefined as never },
      'where the shop is, is missing. Needed: --url https://my.shop.',
    ],
    ['no URL', { url: 'my.shop' }, '--url my.shop: that is no address of a shop.'],
    ['another protocol', { url: 'ftp://my.shop' }, '--url ftp://my.shop: that is no address of a shop.'],
    [
      'a password in it',
      { url: 'http://me:secret@my.shop' },
      '--url http://my.shop: that is no address of a shop.',
    ],
    [
      'an address without a file',
      { target: 'our-shop' },
      'that goes with a file only. Needed: --target my-shop.ts beside it.',
    ],
    [
      'the kind without a file',
      { target: 'your-shop' },
      'target your-shop: found no shop. Needed: the file that describes it',
    ],
    ['a fault', { fault: 'broker-kill@50%' }, '--fault broker-kill@50%'],
    [
      'a setting of our shop',
      { set: ['orders.transport=kafka'] },
      '--set orders.transport: that is a setting of our own shop',
    ],
    ['browsers', { browsers: '1' }, '--set load.browsers: that is a setting of our own shop'],
    ['a limit on its inside', { set: ['thresholds.x-stage=3'] }, 'x-stage'],
  ])('%s', (_, options, words) => {
    expect(asked('peak-hour', options)).toMatchObject({ mistakes: [expect.stringContaining(words)] });
  });

  it('a limit that needs what is not seen there', () => {
    expect(asked('steady', { set: ['thresholds.shop-memory-growth=60'] })).toMatchObject({
      mistakes: [
        expect.stringMatching(
          /memory\.shopGrowthMb value is not held against a shop whose inside is not seen.*Needed: one of order-confirmed-p95/,
        ),
      ],
    });
    const { scenario } = aimed('peak-hour');
    const limit = { metric: 'stage.commit', statistic: 'p95' as const, atMost: 5 };
    const read = readCommandLine(
      [{ ...scenario, thresholds: { ...scenario.thresholds, commit: limit } }],
      'peak-hour',
      { set: [], target: file, url },
      folder,
      2,
    );
    expect(read).toMatchObject({
      mistakes: [expect.stringContaining('no run of this plan measures stage.commit')],
    });
  });

  it('a scenario that asks for what only our shop has', () => {
    expect(asked('kafka-on-off')).toMatchObject({
      mistakes: [
        expect.stringContaining(
          'scenario kafka-on-off asks for what only our own shop has. Needed: one of peak-hour, smoke',
        ),
      ],
    });
  });
});

it('limits on routes are taken by any name, for nobody knows them beforehand', () => {
  const { scenario } = aimed('peak-hour');
  const limit = { metric: 'http.response/addItem', statistic: 'p95' as const, atMost: 5 };
  const own = { ...scenario, thresholds: { add: limit } };
  expect(readCommandLine([own], own.name, { set: [], target: file, url }, folder, 2).kind).toBe('ok');
});

it('only the origin of an address counts', () => {
  expect(originOf('https://my.shop/path#x')).toBe('https://my.shop');
  expect(originOf('http://[::1]:80/')).toBe('http://[::1]');
});
