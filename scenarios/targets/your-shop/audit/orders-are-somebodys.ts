import { Broken, type CheckoutRule, linesText } from './checkout-rule.ts';
import { createWhoseOrders } from './whose-orders.ts';

export const ordersAreSomebodys: CheckoutRule = {
  name: 'orders-are-somebodys',
  claim: 'The shop holds no new order that no shopper of the run placed.',
  begin({ newOrders }) {
    if (newOrders === null) return null;
    const whose = createWhoseOrders(newOrders);
    return {
      see: whose.see,
      found() {
        const broken = new Broken();
        broken.checkedCount = newOrders.length;
        for (const { orderId, lines } of whose.told().nobodys)
          broken.add(`order ${orderId} with ${linesText(lines)}: no shopper placed it`);
        return broken;
      },
    };
  },
};
