import { Broken, type CheckoutRule, linesText } from './checkout-rule.ts';
import { createWhoseOrders } from './whose-orders.ts';

export const checkoutsMakeOneOrder: CheckoutRule = {
  name: 'checkouts-make-one-order',
  claim: 'No checkout made two orders.',
  begin({ newOrders }) {
    if (newOrders === null) return null;
    const whose = createWhoseOrders(newOrders);
    return {
      see: whose.see,
      found() {
        const broken = new Broken();
        const { doubled, okCount } = whose.told();
        broken.checkedCount = okCount;
        for (const { order, checkout } of doubled)
          broken.add(`${checkout}: order ${order.orderId} with ${linesText(order.lines)} stands, too`);
        return broken;
      },
    };
  },
};
