import { linesText } from './checkout-rule.ts';
import { ordersRule } from './orders-rule.ts';

export const unheardCheckoutsLeftNothing = ordersRule(
  {
    name: 'unheard-checkouts-left-nothing',
    claim: 'A checkout that was refused, or of which nobody ever heard, left no order that stands.',
  },
  (broken, { unheard, otherCount }) => {
    broken.checkedCount = otherCount;
    for (const { order, checkout, end } of unheard) {
      const told = end === 'rejected' ? 'was refused' : 'never heard how it ended';
      broken.add(`${checkout} ${told}, and order ${order.orderId} with ${linesText(order.lines)} stands`);
    }
  },
);
