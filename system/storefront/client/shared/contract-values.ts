// Values of the contract, as they stand in the bundle (../bundle.ts puts them there).
import type { CONTRACT as Values } from '../../contract-values.ts';

declare const CONTRACT: typeof Values;

export const {
  maxBehaviourActions,
  maxCartLines,
  maxPage,
  maxOrderLines,
  maxLineQuantity,
  maxWatchedCoupons,
  maxWatchedProducts,
  regions,
} = CONTRACT;
