// Entry point of `npm run compare`; the command itself is in compare-command.ts.
import { conclude } from '../record/command-outcome.ts';
import { compareCommand } from './compare-command.ts';
import { defaultPlaces } from './find-compared-run.ts';

await conclude(() => compareCommand(process.argv.slice(2), defaultPlaces(), process.stdout.columns));
