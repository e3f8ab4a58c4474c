// What the monitor looks at: what is named on the command line or in the environment, else the shop that `npm run shop` has
// open, else the stack that is up.
import { type OpenShop, readOpenShop } from '../../deploy/local/programs/open-shop.ts';
import { leftServices } from '../../deploy/local/services/stack-state.ts';
import type { Watched } from './read-look.ts';

export type MonitorOptions = { url?: string[]; redis?: string; prefix?: string };

const USUAL_PREFIX = 'shop:';

/** The addresses, or a sentence where no Redis is known. */
export function chooseWatched(
  options: MonitorOptions,
  environment: { REDIS_URL?: string | undefined; REDIS_KEY_PREFIX?: string | undefined },
  found: { openShop: OpenShop | null; stackRedisUrl: string | null },
): Watched | string {
  const { openShop, stackRedisUrl } = found;
  const named = options.redis || environment.REDIS_URL;
  const redisUrl = named || openShop?.redisUrl || stackRedisUrl;
  if (!redisUrl)
    return 'No shop is open and no stack is up, so there is nothing to watch; needed: npm run shop, or --redis <url> with --url <url>.';
  // A Redis of somebody else holds no keys of the open shop.
  const own = named === undefined || named === openShop?.redisUrl ? openShop : null;
  const redisKeyPrefix =
    options.prefix ?? (environment.REDIS_KEY_PREFIX || own?.redisKeyPrefix || USUAL_PREFIX);
  return { redisUrl, redisKeyPrefix, shopUrls: options.url ?? (own ? [own.url] : []) };
}

/** What runs on this machine. */
export function findOpen(home: string): { openShop: OpenShop | null; stackRedisUrl: string | null } {
  return { openShop: readOpenShop(home), stackRedisUrl: leftServices(home).redis?.url ?? null };
}
