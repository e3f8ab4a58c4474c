import { Broken, type CheckoutRule } from './checkout-rule.ts';
import { createWhoseOrders } from './whose-orders.ts';

export const toldOrdersAreListed: CheckoutRule = {
  name: 'told-orders-are-listed',
  claim: 'Every order that a shopper was told of is in the shop’s own list of orders.',
  begin({ newOrders }) {
    if (newOrders === null) return null;
    const whose = createWhoseOrders(newOrders);
    return {
      see: whose.see,
      found() {
        const broken = new Broken();
        const { lost, okCount } = whose.told();
        broken.checkedCount = okCount;
        for (const checkout of lost) broken.add(`${checkout}: the shop does not list it`);
        return broken;
      },
    };
  },
};
