import { expect, it } from 'vitest';
import { BEHAVIOUR } from '../../shopper/state/behaviour.ts';
import { behaviourOfVerbs } from './behaviour-of-verbs.ts';
import { VERBS } from './verbs.ts';

it('leaves what people do alone where the shop has every verb, but for what no verb is for', () => {
  expect(behaviourOfVerbs(BEHAVIOUR, VERBS)).toEqual({
    ...BEHAVIOUR,
    passwordSignInRatio: 0,
    browsing: { ...BEHAVIOUR.browsing, glanceRatio: 0 },
    checkout: { ...BEHAVIOUR.checkout, useCouponRatio: 0 },
  });
});

it('nobody comes to what a missing verb would be for', () => {
  expect(behaviourOfVerbs(BEHAVIOUR, ['product', 'setLine', 'checkout'])).toMatchObject({
    browsing: { searchRatio: 0 },
    cart: { regretRatio: 0, viewBeforeAbandoningRatio: 0 },
    checkout: { viewOrdersRatio: 0, cancelRatio: 0, retryWithoutLineRatio: 0 },
  });
});
