// What people do in a shop that lacks some verbs: they never come to what it cannot do.
import type { Behaviour } from '../../shopper/state/behaviour.ts';
import type { VerbName } from './verbs.ts';

/** The behaviour without what the missing verbs would be for. What is declared, not measured, stays as it is. */
export function behaviourOfVerbs(behaviour: Behaviour, verbs: readonly VerbName[]): Behaviour {
  const has = (verb: VerbName): boolean => verbs.includes(verb);
  const { browsing, cart, checkout } = behaviour;
  return {
    ...behaviour,
    // `arrive` signs in or opens a session, as the file says.
    passwordSignInRatio: 0,
    browsing: {
      ...browsing,
      searchRatio: has('search') ? browsing.searchRatio : 0,
      // A list of somebody's shop has one order, its own.
      glanceRatio: 0,
    },
    cart: {
      ...cart,
      regretRatio: has('removeLine') ? cart.regretRatio : 0,
      viewBeforeAbandoningRatio: has('cart') ? cart.viewBeforeAbandoningRatio : 0,
    },
    checkout: {
      ...checkout,
      viewOrdersRatio: has('orders') ? checkout.viewOrdersRatio : 0,
      cancelRatio: has('cancel') ? checkout.cancelRatio : 0,
      useCouponRatio: 0,
      retryWithoutLineRatio: has('removeLine') ? checkout.retryWithoutLineRatio : 0,
    },
  };
}
