import { ordersRule } from './orders-rule.ts';

export const toldOrdersAreListed = ordersRule(
  {
    name: 'told-orders-are-listed',
    claim: 'Every order that a shopper was told of is in the shop’s own list of orders.',
  },
  (broken, { lost, okCount }) => {
    broken.checkedCount = okCount;
    for (const checkout of lost) broken.add(`${checkout}: the shop does not list it`);
  },
);
