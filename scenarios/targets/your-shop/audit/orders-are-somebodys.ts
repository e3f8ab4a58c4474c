import { linesText } from './checkout-rule.ts';
import { ordersRule } from './orders-rule.ts';

export const ordersAreSomebodys = ordersRule(
  {
    name: 'orders-are-somebodys',
    claim: 'The shop holds no new order that no shopper of the run placed.',
  },
  (broken, { nobodys }, newOrders) => {
    broken.checkedCount = newOrders.length;
    for (const { orderId, lines } of nobodys)
      broken.add(`order ${orderId} with ${linesText(lines)}: no shopper placed it`);
  },
);
