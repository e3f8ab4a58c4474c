// What the storefront adds to the shop: its pages.
import type { Feature } from '../platform/features/feature.ts';
import { registerStorefront } from './routes.ts';

export const storefrontFeature = {
  name: 'storefront',
  open: () => ({ api: () => ({ routes: registerStorefront }) }),
} satisfies Feature;
