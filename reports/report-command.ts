// `npm run report`: makes a run's reports again, or removes old runs. It leaves streams and the exit to main.ts.
import { parseArgs } from 'node:util';
import { countOf } from './format.ts';
import { findRun, pruneRuns } from './record/find-runs.ts';
import { readFinishedRun } from './record/read-run.ts';
import { RecordError } from './record/validate.ts';
import { verdictLine } from './verdict-words.ts';
import { writeReports } from './write-reports.ts';

const USAGE = `npm run report -- [run] [--out FILE]   make report.html, junit.xml and summary.md of a run again (default: the latest)
npm run report -- --prune N            keep the newest N runs, remove the others

  run   a name below runs/, or the path of a run directory`;

export type CommandOutcome = { exitCode: 0 | 3; output: string[]; errors: string[] };

/** @param root the folder that holds the runs */
export async function reportCommand(argv: string[], root: string): Promise<CommandOutcome> {
  const failed = (...errors: string[]): CommandOutcome => ({ exitCode: 3, output: [], errors });
  const done = (...output: string[]): CommandOutcome => ({ exitCode: 0, output, errors: [] });
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: { out: { type: 'string' }, prune: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
    if (values.help) return done(USAGE);
    if (positionals.length > 1) return failed(`found ${positionals.length} runs, needed at most one`, USAGE);
    if (values.prune !== undefined) return prune(root, values.prune, done, failed);
    const wanted = positionals[0] ?? 'latest';
    const run = findRun(root, wanted);
    if (!run.found) return failed(...notFound(root, wanted, run.nearest));
    const written = await writeReports(run.directory, values.out === undefined ? {} : { page: values.out });
    const { result } = readFinishedRun(run.directory);
    return done(
      verdictLine(result),
      `page     ${written.page}`,
      `junit    ${written.junit}`,
      `summary  ${written.summary}`,
    );
  } catch (error) {
    if (error instanceof RecordError) return failed(error.message);
    if (
      error instanceof TypeError &&
      String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS')
    ) {
      return failed(error.message, USAGE);
    }
    throw error;
  }
}

type Answer = (...lines: string[]) => CommandOutcome;

function prune(root: string, text: string, done: Answer, failed: Answer): CommandOutcome {
  const keepCount = Number(text);
  if (!Number.isInteger(keepCount) || keepCount < 1)
    return failed(`--prune: found "${text}", needed a whole number from 1`);
  const removed = pruneRuns(root, keepCount);
  return done(
    ...removed.map((name) => `removed ${name}`),
    `${countOf(removed.length, 'run')} removed, the newest ${keepCount} kept`,
  );
}

function notFound(root: string, wanted: string, nearest: string[]): string[] {
  if (nearest.length === 0)
    return [`found no run in ${root}/, needed one: npm run scenario -- <name> makes it`];
  return [`found no run "${wanted}" in ${root}/; nearest names:`, ...nearest.map((name) => `  ${name}`)];
}
