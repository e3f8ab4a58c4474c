// What visits to a shop of somebody's own have in common, and whose each is.
import type { ShopHooks } from '../../engine/shop-adapter.ts';
import type { Timeline } from '../../engine/timing/timeline.ts';
import type { ShopPerson } from './define-shop.ts';
import type { ShopItems } from './items.ts';
import type { VerbDeps } from './verb-calls.ts';
import type { VisitorHttp } from './visitor-http.ts';

export type VisitDeps = ShopHooks &
  VerbDeps & {
    timeline: Timeline;
    items: ShopItems;
    outcomeDeadlineMs: number;
    newCheckoutId: () => string;
  };

/** Who visits, and how. */
export type Visitor = { personId: number; person: ShopPerson; http: VisitorHttp };
