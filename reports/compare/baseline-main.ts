// Entry point of `npm run baseline`; the command itself is in baseline-command.ts.
import { conclude } from '../record/command-outcome.ts';
import { baselineCommand } from './baseline-command.ts';
import { defaultPlaces } from './find-compared-run.ts';

await conclude(() => baselineCommand(process.argv.slice(2), defaultPlaces()));
