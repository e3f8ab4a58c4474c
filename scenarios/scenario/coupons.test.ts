import { expect, it } from 'vitest';
import { hasCoupons } from './coupons.ts';

it('buyers look for coupons where some are held from the start, or where rules give them', () => {
  const scenario = (holderRatio: number, active: 'on' | 'off') => ({
    coupons: { holderRatio },
    rules: { active },
  });
  expect(hasCoupons(scenario(0, 'off'))).toBe(false);
  expect(hasCoupons(scenario(0.3, 'off'))).toBe(true);
  expect(hasCoupons(scenario(0, 'on'))).toBe(true);
});
