// Entry point of `npm run compare`; the command itself is in compare-command.ts. A crash must not look like a verdict, so it
// ends with 3 like every other failure to answer.
import { compareCommand } from './compare-command.ts';
import { DEFAULT_PLACES } from './find-compared-run.ts';

try {
  const { exitCode, output, errors } = compareCommand(process.argv.slice(2), DEFAULT_PLACES);
  for (const line of output) console.log(line);
  for (const line of errors) console.error(line);
  process.exitCode = exitCode;
} catch (error) {
  console.error(process.env.DEBUG === undefined && error instanceof Error ? error.message : error);
  process.exitCode = 3;
}
