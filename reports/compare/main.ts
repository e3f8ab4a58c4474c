// Entry point of `npm run compare`; the command itself is in compare-command.ts.
import { compareCommand } from './compare-command.ts';
import { DEFAULT_PLACES } from './find-compared-run.ts';

const { exitCode, output, errors } = compareCommand(process.argv.slice(2), DEFAULT_PLACES);
for (const line of output) console.log(line);
for (const line of errors) console.error(line);
process.exitCode = exitCode;
