import { expect, it } from 'vitest';
import { kafkaOnOff } from '../questions/kafka-on-off.ts';
import { peakHour } from '../questions/peak-hour.ts';
import { axes } from './axes.ts';
import { axisEnvironment, axisNotes } from './axis-values.ts';
import { needsOpensearch } from './behaviour-store.ts';

it('OpenSearch is needed where a run, or a variant of a comparison, keeps the behaviour log there', () => {
  expect([peakHour, kafkaOnOff].map(needsOpensearch)).toEqual([false, false]);
  const kept = { ...peakHour, behaviour: { ...peakHour.behaviour, store: 'opensearch' as const } };
  expect(needsOpensearch(kept)).toBe(true);
  const { comparison } = kafkaOnOff;
  const variants = { ...comparison?.variants, kept: ['behaviour.store=opensearch'] };
  expect(needsOpensearch({ ...kafkaOnOff, comparison: { ...comparison!, variants } })).toBe(true);
});

it('the shop is told of it, and the reader', () => {
  const kept = { ...peakHour, behaviour: { ...peakHour.behaviour, store: 'opensearch' as const } };
  expect(axisEnvironment(kept)).toMatchObject({ BEHAVIOUR_STORE: 'opensearch' });
  expect(axisNotes(axes, [kept]).join()).toContain('OpenSearch');
  expect(axisNotes(axes, [peakHour]).join()).not.toContain('OpenSearch');
});
