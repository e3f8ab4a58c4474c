// `npm run report`: makes a run's reports again, serves all runs as a gallery, or removes old runs. It leaves streams,
// signals and the exit to main.ts.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeReports } from '../files/write-reports.ts';
import { countOf } from '../format/format.ts';
import { DEFAULT_PORT, type Gallery, serveGallery } from '../gallery/server.ts';
import { renderUnfinishedReport } from '../gallery/unfinished-page.ts';
import { PortError } from '../loopback/loopback.ts';
import { type CommandOutcome, done, failed, helped, mistakeOutcome } from '../record/command-outcome.ts';
import { findRun, pruneRuns } from '../record/find-runs.ts';
import { readFinishedRun, readPartialRun, UnfinishedRunError } from '../record/read-run.ts';
import { observerAt } from '../record/status.ts';
import { verdictLine } from '../words/badge.ts';

const USAGE = `npm run report -- [run] [--out FILE]   make report.html, junit.xml and summary.md of a run again (default: the latest)
npm run report -- --serve [--port N]   show all runs in a browser, on this machine only (port ${DEFAULT_PORT}; 0: any free one); Ctrl-C ends it
npm run report -- --prune N            keep the newest N runs, remove the others; a run that still runs stays

  run   a name below runs/, or the path of a run directory`;

export type ReportOutcome = CommandOutcome & {
  /** Serves until the caller closes it. */
  gallery?: Gallery;
};

/** @param root the folder that holds the runs */
export async function reportCommand(argv: string[], root: string): Promise<ReportOutcome> {
  try {
    const { values, positionals } = readArguments(argv);
    if (values.help) return helped(USAGE);
    if (positionals.length > 1) return failed(`found ${positionals.length} runs, needed at most one`, USAGE);
    const jobs = [positionals[0], values.prune, values.serve].filter((job) => job !== undefined);
    if (jobs.length > 1)
      return failed('found several things to do, needed one of: a run, --serve, --prune', USAGE);
    if (values.port !== undefined && !values.serve) return failed('--port: needed --serve with it', USAGE);
    if (values.serve) return await serve(root, values.port);
    if (values.prune !== undefined) return prune(root, values.prune);
    return await report(root, positionals[0] ?? 'latest', values.out);
  } catch (error) {
    return error instanceof PortError ? failed(error.message) : mistakeOutcome(error, USAGE);
  }
}

function readArguments(argv: string[]) {
  return parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      out: { type: 'string' },
      serve: { type: 'boolean' },
      port: { type: 'string' },
      prune: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
}

async function report(root: string, wanted: string, out: string | undefined): Promise<CommandOutcome> {
  const run = findRun(root, wanted);
  if (!run.found) return failed(...notFound(root, wanted, run.nearest));
  try {
    const written = await writeReports(run.directory, out === undefined ? {} : { page: out });
    const { result } = readFinishedRun(run.directory);
    return done(
      verdictLine(result),
      `page     ${written.page}`,
      `junit    ${written.junit}`,
      `summary  ${written.summary}`,
    );
  } catch (error) {
    if (!(error instanceof UnfinishedRunError)) throw error;
    const page = out ?? join(run.directory, 'report.html');
    writeFileSync(page, await renderUnfinishedReport(readPartialRun(run.directory), observerAt(new Date())));
    return failed(error.message, `page     ${page} says what was recorded; there is no verdict`);
  }
}

async function serve(root: string, port: string | undefined): Promise<ReportOutcome> {
  const number = port === undefined ? DEFAULT_PORT : Number(port);
  if (port === '' || !Number.isInteger(number) || number < 0 || number > 65_535)
    return failed(`--port: found "${port}", needed a whole number from 0 to 65535`);
  const gallery = await serveGallery({ root, port: number });
  return { ...done(`all runs of ${root}/ at ${gallery.url} (this machine only; Ctrl-C ends it)`), gallery };
}

function prune(root: string, text: string): CommandOutcome {
  const keepCount = Number(text);
  if (!Number.isInteger(keepCount) || keepCount < 1)
    return failed(`--prune: found "${text}", needed a whole number from 1`);
  const { removed, spared } = pruneRuns(root, keepCount);
  return done(
    ...removed.map((name) => `removed ${name}`),
    ...spared.map(({ name, reason }) => `spared ${name}: ${reason}`),
    `${countOf(removed.length, 'run')} removed, the newest ${keepCount} kept`,
  );
}

function notFound(root: string, wanted: string, nearest: string[]): string[] {
  if (nearest.length === 0)
    return [`found no run in ${root}/, needed one: npm run scenario -- <name> makes it`];
  return [`found no run "${wanted}" in ${root}/; nearest names:`, ...nearest.map((name) => `  ${name}`)];
}
