// A rule about the new orders that the shop lists, each held against the checkout that it belongs to.
import type { ShopOrder } from '../../../../sim/adapters/your-shop/define-shop.ts';
import { Broken, type CheckoutRule } from './checkout-rule.ts';
import { createWhoseOrders, type WhoseOrders } from './whose-orders.ts';

/** `judge` sees whose all orders are once every checkout was seen. Where the shop lists no orders there is nothing to check. */
export function ordersRule(
  about: Pick<CheckoutRule, 'name' | 'claim'>,
  judge: (broken: Broken, whose: WhoseOrders, newOrders: readonly ShopOrder[]) => void,
): CheckoutRule {
  return {
    ...about,
    begin({ newOrders }) {
      if (newOrders === null) return null;
      const whose = createWhoseOrders(newOrders);
      return {
        see: whose.see,
        found() {
          const broken = new Broken();
          judge(broken, whose.told(), newOrders);
          return broken;
        },
      };
    },
  };
}
