// The audit of a shop whose database nobody sees: what shoppers were told, held against what they find when they look again, and,
// where whoever runs it lets us ask, against its list of orders and its stock.
import type { AuditFinding } from '../../../../reports/record/result.ts';
import type { CheckoutAttempt } from '../../../../sim/adapters/your-shop/attempts.ts';
import type { ShopOrder } from '../../../../sim/adapters/your-shop/define-shop.ts';
import type { VerbName } from '../../../../sim/adapters/your-shop/verbs.ts';
import type { AttemptMade } from '../../../../sim/engine/protocol/protocol.ts';
import type { ReadAttempts } from '../../../audit/rules/attempt-kind.ts';
import { type CheckoutRule, findingOf, type ShopFacts, type Stock } from './checkout-rule.ts';
import { checkoutsMakeOneOrder } from './checkouts-make-one-order.ts';
import { okOrdersAreFoundAgain } from './ok-orders-are-found-again.ts';
import { orderIdsAreUnique } from './order-ids-are-unique.ts';
import { ordersAreSomebodys } from './orders-are-somebodys.ts';
import { stockFollowsOrders } from './stock-follows-orders.ts';
import { stockIsNeverOversold } from './stock-is-never-oversold.ts';
import { toldOrdersAreListed } from './told-orders-are-listed.ts';
import { unheardCheckoutsLeftNothing } from './unheard-checkouts-left-nothing.ts';
import { unknownsAreLookedUp } from './unknowns-are-looked-up.ts';

/** In the order of the page. */
const RULES: readonly CheckoutRule[] = [
  okOrdersAreFoundAgain,
  orderIdsAreUnique,
  unknownsAreLookedUp,
  toldOrdersAreListed,
  ordersAreSomebodys,
  checkoutsMakeOneOrder,
  unheardCheckoutsLeftNothing,
  stockIsNeverOversold,
  stockFollowsOrders,
];

/** What the shop gave back before and after; null for what it does not tell. */
export type GivenBack = {
  attempts: ReadAttempts;
  verbs: readonly VerbName[];
  before: { orderIds: ReadonlySet<string> | null; stock: Stock | null };
  orders: readonly ShopOrder[] | null;
  stock: Stock | null;
};

/** A finding for each rule that can be checked with what the shop tells. */
export async function auditYours({
  attempts,
  verbs,
  before,
  orders,
  stock,
}: GivenBack): Promise<AuditFinding[]> {
  const { orderIds } = before;
  const facts: ShopFacts = {
    verbs,
    newOrders:
      orders === null || orderIds === null ? null : orders.filter(({ orderId }) => !orderIds.has(orderId)),
    stock: before.stock === null || stock === null ? null : { before: before.stock, after: stock },
  };
  const underWay = RULES.flatMap((rule) => {
    const begun = rule.begin(facts);
    return begun === null ? [] : [{ rule, begun }];
  });
  for await (const attempt of attempts()) {
    if (!isCheckout(attempt)) continue;
    for (const { begun } of underWay) begun.see(attempt);
  }
  return underWay.map(({ rule, begun }) => findingOf(rule, begun.found()));
}

function isCheckout(attempt: AttemptMade): attempt is CheckoutAttempt {
  return attempt.kind === 'checkout';
}
