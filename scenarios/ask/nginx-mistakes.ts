// Whether the balancer that a scenario wants can be started at all, asked before anything starts.
import type { NginxSearch } from '../../deploy/local/balancer/find-nginx.ts';
import type { Scenario } from '../scenario/scenario.ts';

const NAME = 'shop.balancer=nginx';

/** Of a comparison it is enough that one variant wants it. */
export function nginxMistakes(
  { shop, comparison }: Pick<Scenario, 'shop' | 'comparison'>,
  search: NginxSearch,
): string[] {
  const variants = Object.values(comparison?.variants ?? {}).flat();
  const isWanted = shop.balancer === 'nginx' || variants.includes(NAME);
  return !isWanted || 'path' in search ? [] : [`${NAME}: ${search.missing}.`];
}
