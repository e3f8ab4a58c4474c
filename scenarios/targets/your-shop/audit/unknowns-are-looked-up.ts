import { Broken, type CheckoutRule, checkoutText } from './checkout-rule.ts';

// A list of all orders is a look, too: what it holds that nobody was told of is another rule's.
export const unknownsAreLookedUp: CheckoutRule = {
  name: 'unknowns-are-looked-up',
  claim: 'Of every checkout that got no answer the shop could say afterwards what became of it.',
  begin({ newOrders }) {
    const broken = new Broken();
    return {
      see(checkout) {
        const { end, endWasLookedUp, found } = checkout;
        if (end !== 'unknown' && !endWasLookedUp) return;
        broken.checkedCount += 1;
        if (end === 'unknown' && found === null && newOrders === null)
          broken.add(`${checkoutText(checkout)}: nobody knows whether it became an order`);
      },
      found: () => broken,
    };
  },
};
