// Opens a shop of others from nothing: packages, services, database, processes.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runToEnd, startNode, untilReady } from '../../../deploy/local/commands/shop-programs.ts';
import type { CleanUp } from '../../../deploy/local/programs/clean-up.ts';
import { freePorts } from '../../../deploy/local/programs/free-ports.ts';
import type { Program } from '../../../deploy/local/programs/programs.ts';
import { programsFromNowOn } from '../../../deploy/local/programs/programs-of-this-process.ts';
import { remains } from '../../../deploy/local/programs/remains.ts';
import { homePaths, REPOSITORY_ROOT, stampedeHome } from '../../../deploy/local/programs/state-directory.ts';
import { bringUpSome, type StackOptions } from '../../../deploy/local/services/stack.ts';
import { catalogueOfTarget } from './catalogue-of-target.ts';
import { hashOfFiles, installShop } from './install.ts';
import type { RealShop } from './real-shops.ts';
import { openShopDatabase } from './shop-database.ts';

const CLOSE_MS = 15_000;
const READY_LIMIT_MS = 180_000;
/** Apart from what else may be in the same Redis. */
const REDIS_DATABASE = 5;

export type Opening = {
  productCount: number;
  /** Processes that share the port. */
  processCount: number;
  /** Left out: a free one. */
  port?: number;
};

/** Serves the shop on a port of 127.0.0.1 until `cleanUp`, which ends all that was started. Rejects when `stop` is aborted. */
export async function openRealShop(
  shop: RealShop,
  { productCount, processCount, port }: Opening,
  {
    cleanUp,
    stop,
    log,
    onProgress,
  }: {
    cleanUp: CleanUp;
    stop: AbortSignal;
    log: (line: string) => void;
    onProgress?: StackOptions['onProgress'];
  },
): Promise<{ url: string; program: Program }> {
  const folder = join(REPOSITORY_ROOT, 'targets', shop.name);
  await installShop(shop, folder, { log, signal: stop });
  const stack = await bringUpSome(shop.needsRedis ? ['postgres', 'redis'] : ['postgres'], {
    signal: stop,
    log,
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  cleanUp.later(remains.services, stack.stop);
  cleanUp.later(remains.programs, programsFromNowOn());
  const [at = 0] = port === undefined ? await freePorts(1) : [port];
  const catalogue = JSON.stringify(catalogueOfTarget({ productCount, seed: 1 }));
  const catalogueFile = join(dataFolder(shop), 'catalogue.json');
  writeFileSync(catalogueFile, catalogue);
  const environment = {
    // Vendure's and Medusa's own reports of their use.
    ...{ VENDURE_DISABLE_TELEMETRY: 'true', MEDUSA_DISABLE_TELEMETRY: '1', DO_NOT_TRACK: '1' },
    ...{ CATALOGUE: catalogueFile, PORT: String(at), PROCESSES: String(processCount) },
    // As it would be served: without development's checks.
    NODE_ENV: 'production',
    ...(shop.needsRedis ? { REDIS_URL: ownRedis(stack.urlOf('redis')) } : {}),
  };
  const options = { cwd: folder, graceMs: CLOSE_MS };
  const databaseUrl = await openShopDatabase({
    serverUrl: stack.urlOf('postgres'),
    shopName: shop.name,
    fingerprint: createHash('sha256')
      .update(hashOfFiles(folder, ['package-lock.json', ...shop.filledBy]))
      .update(catalogue)
      .digest('hex'),
    async fill(url) {
      log(`Filling ${shop.title}'s database with ${productCount} products, once.`);
      for (const words of shop.fill) {
        const filling = { ...environment, DATABASE_URL: url };
        await runToEnd(`target-${shop.name}-fill`, words, filling, { ...options, signal: stop });
      }
    },
  });
  const serving = { ...environment, DATABASE_URL: databaseUrl };
  const words = shop.serve({ port: at, processCount });
  const program = await startNode(`target-${shop.name}`, words, serving, options);
  const url = `http://127.0.0.1:${at}`;
  await untilReady(`${url}${shop.readyPath}`, program, READY_LIMIT_MS, stop);
  return { url, program };
}

function dataFolder({ name }: RealShop): string {
  const folder = join(homePaths(stampedeHome()).data, 'targets', name);
  mkdirSync(folder, { recursive: true });
  return folder;
}

function ownRedis(redisUrl: string): string {
  const url = new URL(redisUrl);
  url.pathname = `/${REDIS_DATABASE}`;
  return url.href;
}
