// The targets that a scenario can be rehearsed against, by the names that `target` and `--target` take. A new one is its
// folder beside ours and its line here.
import { ourShop } from './our-shop/our-shop.ts';
import type { TargetKind } from './target.ts';
import { yourShop } from './your-shop/your-shop.ts';

export const targets: Readonly<Record<string, TargetKind>> = {
  'our-shop': ourShop,
  'your-shop': yourShop,
};
