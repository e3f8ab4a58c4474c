// Values of the contract that the client needs. They are put into its bundle as they are, because the contract's schemas
// would only make the script larger.
import { MAX_BEHAVIOUR_ACTIONS } from '../contract/behaviour.ts';
import { MAX_CART_LINES } from '../contract/cart.ts';
import { MAX_PAGE } from '../contract/catalog.ts';
import { Region } from '../contract/common.ts';
import { MAX_WATCHED_COUPONS, MAX_WATCHED_PRODUCTS } from '../contract/counters.ts';
import { MAX_LINE_QUANTITY, MAX_ORDER_LINES } from '../contract/orders.ts';

export const CONTRACT = {
  maxBehaviourActions: MAX_BEHAVIOUR_ACTIONS,
  maxCartLines: MAX_CART_LINES,
  maxPage: MAX_PAGE,
  maxOrderLines: MAX_ORDER_LINES,
  maxLineQuantity: MAX_LINE_QUANTITY,
  maxWatchedCoupons: MAX_WATCHED_COUPONS,
  maxWatchedProducts: MAX_WATCHED_PRODUCTS,
  regions: Region.enum,
};
