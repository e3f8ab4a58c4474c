// Prepares somebody's own shop for a run: nothing of ours is started but the process in which its file is loaded. What is for sale
// was read when it was met, and goes to the generator as a file.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countOf } from '../../../reports/format/format.ts';
import type { PrepareTarget } from '../target.ts';
import { aboutYours } from './about.ts';
import { deadlinesOf, fingerprintOf, lastMet, lookAtYours } from './meet.ts';
import { openYourShop } from './open.ts';
import { startShopProcess } from './shop-process.ts';

export const prepareYourShop: PrepareTarget = async (cleanUp, { scenario, told, stop }) => {
  const met = lastMet(scenario) ?? (await lookAtYours(scenario, { told, iOwn: null, environment: {}, stop }));
  const { settings, discovery } = met;
  const folder = mkdtempSync(join(tmpdir(), 'stampede-items-'));
  cleanUp.later({ what: `the items of the shop in ${folder}`, remedy: `Remove ${folder} by hand.` }, () =>
    rmSync(folder, { recursive: true }),
  );
  const isSearch = scenario.capacity !== undefined;
  const itemsFile = join(folder, 'items.json');
  writeFileSync(itemsFile, JSON.stringify(discovery.items));
  const shop = await startShopProcess(cleanUp, { settings, deadlines: deadlinesOf(scenario), stop });
  told.say(
    `${discovery.name}: ${countOf(discovery.items.length, 'item')} in ${countOf(discovery.categories.length, 'category', 'categories')}`,
  );
  return {
    services: [],
    fingerprint: fingerprintOf(met),
    about: aboutYours(met),
    open: async (_cellCleanUp, ofCell) => openYourShop({ met, shop, itemsFile, isSearch, stop }, ofCell),
  };
};
