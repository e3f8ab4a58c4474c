// Entry point of `npm run baseline`; the command itself is in baseline-command.ts.
import { baselineCommand } from './baseline-command.ts';
import { DEFAULT_PLACES } from './find-compared-run.ts';

const { exitCode, output, errors } = baselineCommand(process.argv.slice(2), DEFAULT_PLACES);
for (const line of output) console.log(line);
for (const line of errors) console.error(line);
process.exitCode = exitCode;
