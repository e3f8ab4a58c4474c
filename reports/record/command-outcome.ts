// What a command of the reports gives back: lines and an exit code. Only conclude() touches streams and the exit.
import { wrapHelp, wrapLines } from '../format/wrap.ts';
import { RecordError } from './validate.ts';

export type CommandOutcome<Code extends number = 0 | 3> = {
  exitCode: Code | 3;
  output: string[];
  errors: string[];
};

export const failed = (...errors: string[]): CommandOutcome<3> => ({ exitCode: 3, output: [], errors });
export const done = (...output: string[]): CommandOutcome<0> => ({ exitCode: 0, output, errors: [] });
/** The help of a command, as wide as its terminal. */
export const helped = (usage: string): CommandOutcome<0> => done(wrapHelp(usage, process.stdout.columns));

/** The outcome of a mistake in the command or of a record that cannot be read; throws every other error again. */
export function mistakeOutcome(error: unknown, usage: string): CommandOutcome<3> {
  if (error instanceof RecordError) return failed(error.message);
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof TypeError && String(code).startsWith('ERR_PARSE_ARGS'))
    return failed(error.message, usage);
  throw error;
}

/** Says the outcome and sets the exit code. A crash must not look like a verdict, so it ends with 3 like any failure to answer. */
export async function conclude<Outcome extends CommandOutcome<number>>(
  command: () => Outcome | Promise<Outcome>,
): Promise<Outcome | null> {
  process.on('uncaughtException', (error) => fail(`An error that nobody caught: ${error.message}`));
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error) => fail(`Its output cannot be written: ${error.message}.`));
  try {
    const outcome = await command();
    for (const line of outcome.output) console.log(line);
    for (const line of outcome.errors) console.error(wrapHelp(line, process.stderr.columns));
    process.exitCode = outcome.exitCode;
    return outcome;
  } catch (error) {
    const isSaidShort = process.env.DEBUG === undefined && error instanceof Error;
    console.error(isSaidShort ? wrapLines(error.message, process.stderr.columns) : error);
    process.exitCode = 3;
    return null;
  }
}

/** Nothing here needs to be taken away: files are written whole or not at all. */
function fail(message: string): never {
  console.error(`✗ ${message}`);
  process.exit(3);
}
