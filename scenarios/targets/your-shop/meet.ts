// Meets somebody's own shop before anything is planned for good: may it be asked, what can be done in it, what is for sale. What
// was found is kept for the run that follows, so that it is asked once.
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCleanUp } from '../../../deploy/local/programs/clean-up.ts';
import type { YourShopDeadlines, YourShopSettings } from '../../../sim/adapters/your-shop/settings.ts';
import type { ShopDescription, ShopDiscovery } from '../../../sim/generator/your-shop-protocol.ts';
import { repositoryRoot } from '../../data/repository.ts';
import { highestStartsPerSecond } from '../../scenario/arrival-rate.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import type { YourShop } from '../../scenario/your-shop.ts';
import type { MeetTarget } from '../target.ts';
import { askPermission, foreignOrigins } from './rails/ask-permission.ts';
import { ownToken } from './rails/own-token.ts';
import { startShopProcess } from './shop-process.ts';

export type Met = {
  settings: YourShopSettings;
  discovery: ShopDiscovery;
  /** Those whose owner must go on permitting the run. */
  foreign: readonly string[];
  token: string;
};

export function settingsOf({ file, url }: Pick<YourShop, 'file' | 'url'>): YourShopSettings {
  const { version } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as {
    version: string;
  };
  return { file, url, version, runId: `run-${randomBytes(6).toString('hex')}` };
}

export function deadlinesOf({ load }: Pick<Scenario, 'load'>): YourShopDeadlines {
  return { httpDeadlineMs: load.httpDeadlineMs, outcomeDeadlineMs: load.outcomeDeadlineMs };
}

/** @throws Error where the scenario names no such shop, which its aim refuses before */
export function yourShopOf({ name, yourShop }: Scenario): YourShop {
  if (yourShop !== undefined) return yourShop;
  throw new Error(
    `scenario ${name}: found no shop to rehearse. Needed: --target my-shop.ts --url https://my.shop.`,
  );
}

const FINGERPRINT_LENGTH = 16;

let last: { of: string; met: Met } | null = null;

/** What was found when it was met last; null where another shop was, or none. */
export function lastMet(scenario: Scenario): Met | null {
  return last?.of === keyOf(scenario) ? last.met : null;
}

const keyOf = (scenario: Scenario): string => {
  const { file, url } = yourShopOf(scenario);
  return `${url} ${file}`;
};

type MetShop = Pick<Met, 'settings'> & { discovery: Pick<ShopDiscovery, 'items'> };

/**
 * Of what is for sale and of the file that says how it is bought; `unknown` while it was not asked. What is left of it in stock is
 * another after every order, and so no part of it.
 */
export function fingerprintOf(met: MetShop | null): string {
  if (met === null) return 'unknown';
  const { settings, discovery } = met;
  const items = discovery.items.map(({ stock: _, inStock: _2, ...item }) => item);
  return createHash('sha256')
    .update(JSON.stringify(items))
    .update(readFileSync(settings.file))
    .digest('hex')
    .slice(0, FINGERPRINT_LENGTH);
}

/** As `lookAtYours`; gives the scenario with as many people as the shop has accounts. */
export const meetYourShop: MeetTarget = async (scenario, input) => {
  const { accountCount } = (await lookAtYours(scenario, input)).discovery;
  if (accountCount === null) return scenario;
  return { ...scenario, yourShop: { ...yourShopOf(scenario), accountCount } };
};

/**
 * Loads the file, asks for permission where the shop is not on this machine, then reads what is for sale.
 * @throws Error in one line: what is wrong with the file, the address or the permission, and the next step
 */
export async function lookAtYours(
  scenario: Scenario,
  { told, iOwn, environment, stop }: Parameters<MeetTarget>[1],
): Promise<Met> {
  const yourShop = yourShopOf(scenario);
  const settings = settingsOf(yourShop);
  await using cleanUp = createCleanUp((sentence) => told.say(`! ${sentence}`));
  const shop = await startShopProcess(cleanUp, { settings, deadlines: deadlinesOf(scenario), stop });
  const { description } = await shop.ask({ kind: 'describe' });
  refuseWithoutNeeded(description, yourShop.file);
  const foreign = foreignOrigins(description.origins, environment);
  const token = foreign.length === 0 ? '' : ownToken(environment);
  const sessionsPerSecond = highestStartsPerSecond(scenario.load);
  await askPermission(foreign, { wanted: { token, nowMs: Date.now(), sessionsPerSecond }, iOwn, stop });
  const { discovery } = await shop.ask(
    { kind: 'discover' },
    { onProgress: (text, doneCount) => told.detail(`${text}: ${doneCount}`) },
  );
  const met = { settings, discovery, foreign, token };
  last = { of: keyOf(scenario), met };
  return met;
}

const NEEDED = ['product', 'setLine', 'checkout'] as const;

/** @throws Error in one line where a verb is missing without which nobody buys anything */
export function refuseWithoutNeeded({ verbs }: ShopDescription, file: string): void {
  const lacking = NEEDED.filter((verb) => !verbs.includes(verb));
  if (lacking.length > 0)
    throw new Error(
      `${file}: found no ${lacking.join(', no ')}. Needed: ${NEEDED.join(', ')}, or nobody can buy.`,
    );
  if (!verbs.includes('list') && !verbs.includes('home'))
    throw new Error(
      `${file}: found neither home nor list. Needed: one of them, or nobody sees anything to buy.`,
    );
}
