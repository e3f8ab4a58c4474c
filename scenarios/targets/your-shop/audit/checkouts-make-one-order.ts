import { linesText } from './checkout-rule.ts';
import { ordersRule } from './orders-rule.ts';

export const checkoutsMakeOneOrder = ordersRule(
  { name: 'checkouts-make-one-order', claim: 'No checkout made two orders.' },
  (broken, { doubled, okCount }) => {
    broken.checkedCount = okCount;
    for (const { order, checkout } of doubled)
      broken.add(`${checkout}: order ${order.orderId} with ${linesText(order.lines)} stands, too`);
  },
);
