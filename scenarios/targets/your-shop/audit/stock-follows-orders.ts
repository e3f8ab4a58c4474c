import { stockRule } from './stock-rule.ts';

export const stockFollowsOrders = stockRule(
  {
    name: 'stock-follows-orders',
    claim: 'What is left of an item, and what the run’s orders hold of it, make what there was before.',
  },
  (broken, { id, before, after, certain, possible }) => {
    if (after === undefined) return;
    broken.checkedCount += 1;
    const gone = before - after;
    const most = certain + possible;
    if (gone >= certain && gone <= most) return;
    const held = possible === 0 ? `${certain}` : `${certain} to ${most}`;
    broken.add(`${id}: ${before} before the run, ${after} left, ${held} held by the run’s orders`);
  },
);
