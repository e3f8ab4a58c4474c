import { expect, it } from 'vitest';
import { peakHour } from '../questions/peak-hour.ts';
import { generatorMistakes, generatorSettings } from './generators.ts';

it('reads how many there are to be, and over which brokers they join', () => {
  expect(generatorSettings(undefined)).toEqual({ 'generator.count': undefined });
  expect(generatorSettings('4')).toEqual({ 'generator.count': '4' });
  expect(generatorSettings('kafka:8')).toEqual({ 'generator.count': '8', 'generator.kafka': 'stack' });
  expect(generatorSettings('kafka:2@a:9092,b:9092')).toEqual({
    'generator.count': '2',
    'generator.kafka': 'a:9092,b:9092',
  });
  // Refused by the schema, in its words.
  expect(generatorSettings('kafka')).toEqual({ 'generator.count': 'kafka' });
});

const over = (kafka: string) => ({ ...peakHour, generator: { ...peakHour.generator, count: 2, kafka } });

it('lets those of other machines do what they can do there', () => {
  expect(generatorMistakes(over('stack'))).toEqual([]);
  expect(generatorMistakes(over('a.example:9092,[::1]:9092'))).toEqual([]);
  expect(generatorMistakes(over('nowhere'))).toEqual([expect.stringContaining('found nowhere')]);
  expect(generatorMistakes({ ...over('stack'), intake: { through: 'topics' } })).toEqual([
    expect.stringContaining('intake.through=topics'),
  ]);
  expect(generatorMistakes({ ...over('stack'), shop: { ...peakHour.shop, balancer: 'nginx' } })).toEqual([
    expect.stringContaining('nginx'),
  ]);
});
