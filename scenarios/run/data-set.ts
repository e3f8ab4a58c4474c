// The data set of a run: built once per fingerprint as a template database. The fingerprint covers the data's settings and
// the code that makes it, so a changed model or migration never meets an old data set.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startProgram } from '../../deploy/local/programs.ts';
import { loadDataSet } from '../../sim/history/load-data-set.ts';
import type { Scenario } from '../scenario.ts';
import {
  createEmptyDatabase,
  dropOldTemplates,
  sealTemplate,
  TEMPLATE_PREFIX,
  templateExists,
  whileLocked,
  withClient,
  withDatabase,
} from './databases.ts';
import { repositoryRoot } from './repository.ts';
import { shopStart } from './shop-start.ts';

const SOURCES = ['sim/model', 'sim/history', 'system/migrations'];

export type DataSet = { fingerprint: string; template: string; builtInMs: number | null };

/** SHA-256 over the data's settings and every source file that shapes the rows, as 16 hexadecimal digits. */
export async function dataSetFingerprint(data: Scenario['data']): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(data));
  for (const folder of SOURCES) {
    const root = join(repositoryRoot, folder);
    const files = (await readdir(root, { recursive: true })).filter((file) =>
      /(?<!\.test)\.(ts|sql)$/.test(file),
    );
    for (const file of files.sort()) hash.update(file).update(await readFile(join(root, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

/**
 * Finds the template database of this data set or builds it: migrate, load, VACUUM ANALYZE, seal. A build that is cut
 * off leaves an unsealed database, which the next build drops.
 */
export async function ensureDataSet(input: {
  postgresUrl: string;
  /** False for a server that somebody else runs: nothing of others is tidied up there. */
  serverIsOurs: boolean;
  scenario: Scenario;
  onProgress: (text: string) => void;
  monotonicMs: () => number;
}): Promise<DataSet> {
  const { postgresUrl, scenario, onProgress, monotonicMs } = input;
  const fingerprint = await dataSetFingerprint(scenario.data);
  const template = `${TEMPLATE_PREFIX}${fingerprint}`;
  return withClient(postgresUrl, (admin) =>
    whileLocked(admin, template, async () => {
      if (await templateExists(admin, template)) return { fingerprint, template, builtInMs: null };
      const startedMs = monotonicMs();
      onProgress('building the data set, once');
      await createEmptyDatabase(admin, template);
      await fillTemplate(withDatabase(postgresUrl, template), scenario, onProgress);
      await sealTemplate(admin, template);
      if (input.serverIsOurs) await dropOldTemplates(admin);
      return { fingerprint, template, builtInMs: monotonicMs() - startedMs };
    }),
  );
}

async function fillTemplate(
  url: string,
  scenario: Scenario,
  onProgress: (text: string) => void,
): Promise<void> {
  await migrate(url);
  await loadDataSet({
    databaseUrl: url,
    seed: scenario.data.seed,
    peopleCount: scenario.data.people,
    productCount: scenario.data.products,
    asOf: shopStart(scenario),
    onProgress,
  });
  await withClient(url, (client) => client.query('VACUUM (ANALYZE)'));
}

async function migrate(databaseUrl: string): Promise<void> {
  const program = await startProgram({
    name: 'shop-migrate',
    command: process.execPath,
    args: [join(repositoryRoot, 'system/main.ts'), 'migrate'],
    env: { ...process.env, DATABASE_URL: databaseUrl },
  });
  const { code } = await program.exited;
  if (code !== 0)
    throw new Error(`The shop's migrations ended with exit code ${code}; see ${program.logFile}.`);
}
