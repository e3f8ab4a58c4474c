import { Broken, type CheckoutRule, linesText } from './checkout-rule.ts';
import { createWhoseOrders } from './whose-orders.ts';

export const unheardCheckoutsLeftNothing: CheckoutRule = {
  name: 'unheard-checkouts-left-nothing',
  claim: 'A checkout that was refused, or of which nobody ever heard, left no order that stands.',
  begin({ newOrders }) {
    if (newOrders === null) return null;
    const whose = createWhoseOrders(newOrders);
    return {
      see: whose.see,
      found() {
        const broken = new Broken();
        const { unheard, otherCount } = whose.told();
        broken.checkedCount = otherCount;
        for (const { order, checkout, end } of unheard) {
          const told = end === 'rejected' ? 'was refused' : 'never heard how it ended';
          broken.add(`${checkout} ${told}, and order ${order.orderId} with ${linesText(order.lines)} stands`);
        }
        return broken;
      },
    };
  },
};
