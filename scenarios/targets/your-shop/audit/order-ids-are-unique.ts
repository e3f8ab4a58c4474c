import { Broken, type CheckoutRule, checkoutText } from './checkout-rule.ts';

export const orderIdsAreUnique: CheckoutRule = {
  name: 'order-ids-are-unique',
  claim: 'No two checkouts were given the same order.',
  begin() {
    const broken = new Broken();
    const checkouts = new Map<string, string>();
    return {
      see(checkout) {
        const { orderId, checkoutId, end } = checkout;
        if (orderId === null || end !== 'ok') return;
        broken.checkedCount += 1;
        const other = checkouts.get(orderId);
        if (other === undefined) checkouts.set(orderId, checkoutId);
        else broken.add(`${checkoutText(checkout)}: checkout ${other} was given it, too`);
      },
      found: () => broken,
    };
  },
};
