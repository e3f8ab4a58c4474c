import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { chromiumMistakes } from '../ask/chromium-mistakes.ts';
import { readCommandLine } from '../ask/command-line.ts';
import { browserPeople } from '../plan/browser-people.ts';
import { planRun } from '../plan/plan.ts';
import { kafkaOnOff } from '../questions/kafka-on-off.ts';
import { smoke } from '../questions/smoke.ts';
import type { Scenario } from './scenario.ts';

const asked = (scenario: Scenario, options: Record<string, string>, set: string[] = []) =>
  readCommandLine([scenario], scenario.name, { ...options, set }, tmpdir(), 2);

function scenarioOf(...question: Parameters<typeof asked>): Scenario {
  const made = asked(...question);
  if (made.kind === 'mistakes') throw new Error(made.mistakes.join(' '));
  return made.scenario;
}

const pageLimits = ({ thresholds }: Scenario) =>
  Object.fromEntries(
    Object.entries(thresholds).flatMap(([name, { atMost }]) =>
      name.startsWith('page-') ? [[name, atMost]] : [],
    ),
  );

describe('--browsers', () => {
  it('lets so many walk, whose pages have the limits that are called good', () => {
    const scenario = scenarioOf(smoke, { browsers: '2' });
    expect(scenario.load.browsers).toBe(2);
    expect(pageLimits(scenario)).toEqual({ 'page-lcp-p75': 2_500, 'page-inp-p75': 200, 'page-cls-p75': 0.1 });
    expect(Object.keys(scenario.thresholds)).toEqual(expect.arrayContaining(Object.keys(smoke.thresholds)));
  });

  it('can have its limits moved like any other', () => {
    const moved = ['thresholds.page-lcp-p75=1500', 'load.browsers=1'];
    expect(pageLimits(scenarioOf(smoke, {}, moved))).toMatchObject({ 'page-lcp-p75': 1_500 });
  });

  it('is read as every setting is, blanks around it too, and the last one counts', () => {
    expect(Object.keys(pageLimits(scenarioOf(smoke, {}, ['load.browsers = 2'])))).toHaveLength(3);
    expect(pageLimits(scenarioOf(smoke, {}, ['load.browsers=2', ' load.browsers =0']))).toEqual({});
  });

  it('is none where nobody says so, and then there is no such limit', () => {
    expect(pageLimits(scenarioOf(smoke, {}))).toEqual({});
    expect(pageLimits(scenarioOf(smoke, { browsers: '0' }))).toEqual({});
    expect(asked(smoke, {}, ['thresholds.page-lcp-p75=1500']).kind).toBe('mistakes');
  });

  it('has no such limit where a fault strikes or variants are compared', () => {
    expect(pageLimits(scenarioOf(smoke, { browsers: '1', fault: 'api-kill' }))).toEqual({});
    expect(pageLimits(scenarioOf(kafkaOnOff, { browsers: '1' }))).toEqual({});
  });

  it.each(['5', '-1', 'x', '1.5'])('%s is a mistake that says what is needed', (browsers) => {
    expect(asked(smoke, { browsers })).toMatchObject({
      mistakes: [
        expect.stringMatching(/^load\.browsers: found .+ Needed: a whole number from 0 to 4: windows of/),
      ],
    });
  });

  it('says in one line that there is no Chromium and what to do', () => {
    const missing = 'found no Chromium at /usr/bin/chromium, needed one: apt-get install chromium';
    expect(chromiumMistakes(scenarioOf(smoke, { browsers: '1' }), { missing })).toEqual([
      `load.browsers=1: ${missing}.`,
    ]);
    expect(chromiumMistakes(smoke, { missing })).toEqual([]);
  });

  it('takes people of the data set who are in nobody’s plan', () => {
    const data = { ...smoke.data, people: 2_000, products: 500, days: 20 };
    const scenario = scenarioOf(
      { ...smoke, data, load: { ...smoke.load, sessionsPerSecond: 2 } },
      { browsers: '3' },
    );
    const planned = planRun(scenario, 1);
    if (planned.kind === 'mistakes') throw new Error(planned.mistakes.join(' '));
    const walking = browserPeople(scenario, planned.plan);
    expect(new Set(walking).size).toBe(3);
    const others = [...planned.plan.sessions, ...planned.plan.candidates].map(({ personId }) => personId);
    expect(others).not.toEqual(expect.arrayContaining([walking[0]]));
    expect(walking.some((personId) => others.includes(personId))).toBe(false);
    expect(browserPeople(smoke, planned.plan)).toEqual([]);
  });
});
