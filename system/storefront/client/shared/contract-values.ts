// Values of the contract and of the pictures, as they stand in the bundle (../bundle.ts puts them there).
import type { CONTRACT as Values } from '../../contract-values.ts';

declare const CONTRACT: typeof Values;
declare const DRAWINGS_VERSION: string;

export const drawingsVersion = DRAWINGS_VERSION;

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
