import { expect, test } from 'vitest';
import { won } from './client/shared/format.ts';

test('prices are written in won', () => {
  expect([0, 12_300, 1_234_567, -500].map(won)).toEqual(['₩0', '₩12,300', '₩1,234,567', '−₩500']);
});
