import { expect, it } from 'vitest';
import { scenarioText } from './scenario-text.ts';

const effectiveScenario = {
  name: 'steady',
  cache: { policy: 'none' },
  shop: { hour: 14, apiProcesses: 1 },
  data: { people: 10 },
  variants: { plain: [] },
  pairs: [],
};

it('shows a scenario whole where all of it means something', () => {
  expect(scenarioText({ effectiveScenario })).toBe(JSON.stringify(effectiveScenario, null, 2));
});

it('leaves out settings and groups that mean nothing, and what is empty by itself stands', () => {
  const text = scenarioText({
    effectiveScenario,
    withoutMeaning: ['cache', 'shop.apiProcesses', 'data.people'],
  });
  expect(JSON.parse(text)).toEqual({
    name: 'steady',
    shop: { hour: 14 },
    variants: { plain: [] },
    pairs: [],
  });
});
