// The data set of a run: a history that ends where the shop's clock starts, built once per fingerprint as a template
// database. The fingerprint covers the history's settings and the code that makes its rows, so a changed model or
// migration never meets an old data set.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { migrateShop } from '../../deploy/local/commands/shop-programs.ts';
import { StackError } from '../../deploy/local/programs/stack-error.ts';
import { stampedeHome } from '../../deploy/local/programs/state-directory.ts';
import { findService } from '../../deploy/local/services/find-service.ts';
import { countOf } from '../../reports/format/format.ts';
import { type HistoryProgress, loadHistory } from '../../sim/history/load/load-history.ts';
import { fingerprintOf } from '../../sim/history/year/settings.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { historySettings } from '../scenario/world.ts';
import {
  createEmptyDatabase,
  dropDatabase,
  dropOldTemplates,
  sealTemplate,
  TEMPLATE_PREFIX,
  templateExists,
  whileLocked,
  withClient,
  withDatabase,
} from './databases.ts';
import { importedFiles } from './imported-files.ts';
import { repositoryRoot } from './repository.ts';

/** The program that makes the rows, and what shapes them beside its own files. */
const MAKER = 'sim/history/load/load-history.ts';
const MIGRATIONS = 'system/migrations';
/** People's names are faker's. */
const NAMES = 'node_modules/@faker-js/faker/package.json';

export type DataSet = { fingerprint: string; template: string; builtInMs: number | null };

type Shopping = Pick<Scenario, 'data' | 'shop'>;

/** SHA-256 over the history's settings and everything that shapes its rows, as 16 hexadecimal digits. */
export async function dataSetFingerprint(scenario: Shopping): Promise<string> {
  const hash = createHash('sha256').update(fingerprintOf(historySettings(scenario)));
  for (const file of await dataSetSources()) {
    hash.update(file).update(await readFile(pathOf(file)));
  }
  return hash.digest('hex').slice(0, 16);
}

/** npm puts a package beside this one where that is installed as a package itself, below it in a checkout. */
function pathOf(file: string): string {
  if (file !== NAMES) return join(repositoryRoot, file);
  return createRequire(import.meta.url).resolve(file.slice('node_modules/'.length));
}

/** Every file that shapes a row, as paths from the repository's root. */
export async function dataSetSources(): Promise<string[]> {
  const migrations = (await readdir(join(repositoryRoot, MIGRATIONS))).sort();
  return [
    ...(await importedFiles(repositoryRoot, MAKER)),
    ...migrations.filter((file) => file.endsWith('.sql')).map((file) => join(MIGRATIONS, file)),
    NAMES,
  ];
}

/**
 * Whether the scenario's data set is there already, in words, without starting anything: looks at the PostgreSQL that the environment
 * names or that `npm run stack -- up` left.
 */
export async function dataSetState(
  scenario: Shopping,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const search = { home: stampedeHome(environment), environment, brokerCount: undefined };
  const postgres = await findService('postgres', search).catch((error: unknown) => {
    if (error instanceof StackError) return null;
    throw error;
  });
  if (postgres === null) return 'PostgreSQL does not run, so whether it is built is not known';
  const template = `${TEMPLATE_PREFIX}${await dataSetFingerprint(scenario)}`;
  const isThere = await withClient(postgres.url, (admin) => templateExists(admin, template));
  return isThere ? 'built already' : 'not built yet: the first run builds it';
}

/**
 * Finds the template database of this data set or builds it: migrate, load, VACUUM ANALYZE, seal. A build that is
 * killed leaves an unsealed database, which the next build drops.
 */
export async function ensureDataSet(input: {
  postgresUrl: string;
  /** False for a server that somebody else runs: nothing of others is tidied up there. */
  serverIsOurs: boolean;
  scenario: Shopping;
  onProgress: (text: string) => void;
  /** Aborting it breaks a build off, and drops what there is of it. */
  stop?: AbortSignal;
  monotonicMs: () => number;
}): Promise<DataSet> {
  const { postgresUrl, scenario, onProgress, stop, monotonicMs } = input;
  const fingerprint = await dataSetFingerprint(scenario);
  const template = `${TEMPLATE_PREFIX}${fingerprint}`;
  return withClient(postgresUrl, (admin) =>
    whileLocked(admin, template, async () => {
      if (await templateExists(admin, template)) return { fingerprint, template, builtInMs: null };
      const startedMs = monotonicMs();
      onProgress(`building ${countOf(scenario.data.days, 'day')} of history, once`);
      await createEmptyDatabase(admin, template);
      try {
        await fillTemplate(withDatabase(postgresUrl, template), scenario, onProgress, stop);
      } catch (error) {
        // Half a data set is of no use; where even this fails, the next build drops it.
        await dropDatabase(admin, template).catch(() => undefined);
        throw error;
      }
      await sealTemplate(admin, template);
      if (input.serverIsOurs) await dropOldTemplates(admin);
      return { fingerprint, template, builtInMs: monotonicMs() - startedMs };
    }),
  );
}

async function fillTemplate(
  databaseUrl: string,
  scenario: Shopping,
  onProgress: (text: string) => void,
  stop: AbortSignal | undefined,
): Promise<void> {
  await migrateShop(databaseUrl, stop);
  await loadHistory({
    databaseUrl,
    ...(stop === undefined ? {} : { stop }),
    settings: historySettings(scenario),
    onProgress: (progress) => onProgress(progressText(progress)),
  });
  onProgress('vacuum');
  await withClient(databaseUrl, (client) => client.query('VACUUM (ANALYZE)'));
}

/** How far a build has come, in one line of the live view. */
export function progressText({
  phase,
  doneRatio,
  simulatedDate,
  rowCount,
  leftSeconds,
}: HistoryProgress): string {
  if (phase !== 'rows') return `history: ${phase}`;
  const left = leftSeconds === null ? '' : `, about ${Math.ceil(leftSeconds)} s left`;
  return `history: ${Math.round(doneRatio * 100)} %, people who signed up until ${simulatedDate}, ${rowCount} rows${left}`;
}
