// `npm run baseline -- save | list | drop`: keeps results that later runs are held against. It exits nowhere: the outcome
// carries the code.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type CommandOutcome, done, failed, helped, mistakeOutcome } from '../record/command-outcome.ts';
import { RecordError } from '../record/validate.ts';
import {
  dropBaseline,
  listBaselines,
  nameMistake,
  readBaselineFolder,
  saveBaseline,
  saveBaselineFile,
} from './baseline-store.ts';
import { unusableVerdict } from './compared-run.ts';
import { didYouMean, findComparedRun, type Places } from './find-compared-run.ts';
import { sideText } from './summary-words.ts';

const USAGE = `npm run baseline -- save NAME [RUN] [--out FILE]   keep a run's result (default: the latest), or write it to one file
npm run baseline -- list                           all baselines
npm run baseline -- drop NAME                      remove one

  A file made by --out can be committed; \`npm run compare\` and \`--baseline\` take NAME and FILE alike.`;

export function baselineCommand(argv: string[], places: Places): CommandOutcome {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: { out: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
    if (values.help) return helped(USAGE);
    const [verb, name, run, ...more] = positionals;
    const isTooMuch = more.length > 0 || (verb === 'list' && name !== undefined);
    if (isTooMuch || (verb === 'drop' && run !== undefined))
      return failed(`found "${positionals.join(' ')}", needed fewer words`, USAGE);
    if (values.out !== undefined && verb !== 'save') return failed('--out: needed save with it', USAGE);
    if (verb === 'list') return list(places);
    if (verb !== 'save' && verb !== 'drop')
      return failed(
        `found ${verb === undefined ? 'nothing' : `"${verb}"`}, needed save, list or drop`,
        USAGE,
      );
    if (name === undefined) return failed(`${verb}: found no name, needed one`, USAGE);
    return verb === 'save' ? save(places, name, run ?? 'latest', values.out) : drop(places, name);
  } catch (error) {
    return mistakeOutcome(error, USAGE);
  }
}

function save(places: Places, name: string, wanted: string, out: string | undefined): CommandOutcome {
  const mistake = nameMistake(name);
  if (mistake !== null) return failed(mistake);
  if (out?.trim() === '') return failed('--out: found nothing, needed a file. Next: --out baseline.json');
  const run = findComparedRun(wanted, places);
  const verdict = unusableVerdict(run.result);
  if (verdict !== null)
    return failed(
      `${run.name}: found a run that ended ${verdict}, needed one that ended PASS or FAIL. Next: run it again, then save that.`,
    );
  if (out !== undefined) {
    saveBaselineFile(out, name, run);
    return done(`saved ${sideText(run)}`, `to ${out}; hold a run against it: --baseline ${out}`);
  }
  const isNew = !existsSync(join(places.baselines, name));
  const folder = saveBaseline(places.baselines, name, run);
  return done(
    `${isNew ? 'saved' : 'replaced by'} ${sideText(run)}`,
    `in ${folder}; hold a run against it: --baseline ${name}`,
  );
}

/** A baseline that cannot be read is listed with what is wrong with it. */
function list({ baselines }: Places): CommandOutcome {
  const names = listBaselines(baselines);
  if (names.length === 0)
    return done(`no baseline in ${baselines}/; npm run baseline -- save NAME keeps the latest run as one`);
  const width = Math.max(...names.map((name) => name.length));
  return done(
    ...names.map((name) => {
      try {
        const stored = readBaselineFolder(join(baselines, name), name);
        return `${name.padEnd(width)}  ${sideText({ ...stored, name: stored.result.scenario })}`;
      } catch (error) {
        if (!(error instanceof RecordError)) throw error;
        return `${name.padEnd(width)}  cannot be read: ${error.message}`;
      }
    }),
  );
}

function drop({ baselines }: Places, name: string): CommandOutcome {
  const names = listBaselines(baselines);
  if (!names.includes(name))
    return failed(
      `found no baseline "${name}" in ${baselines}/, needed one.${didYouMean(name, names)} Next: npm run baseline -- list`,
    );
  dropBaseline(baselines, name);
  return done(`dropped ${name}`);
}
