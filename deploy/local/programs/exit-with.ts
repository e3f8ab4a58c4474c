// How every command line of commander ends: with the code that its main returns, with that of the signal which stopped it,
// or with 3 and one line.
import { CommanderError } from 'commander';
import { fitTerminal } from './fit-terminal.ts';
import { listenToFaults, stopCause, wordsOf } from './process-end.ts';

/** Wrong usage, something that a command needs is not there, or a fault in the middle. */
export const EXIT_USAGE = 3;

/**
 * Runs a command and sets the process's exit code to the number it resolves to, if any; never throws. A command that
 * came to its end in spite of a signal keeps its code. DEBUG in the environment adds where an error came from.
 */
export async function exitWith(main: () => Promise<unknown>): Promise<void> {
  listenToFaults();
  const outcome = await main().then(
    (code) => ({ code: typeof code === 'number' ? code : undefined }),
    (error: unknown) => ({ error }),
  );
  const cause = stopCause();
  if (cause !== null) {
    const isDone = 'code' in outcome && cause.isAskedFor;
    if (!isDone) say('error' in outcome && isFollowingFrom(outcome.error, cause) ? outcome.error : cause);
    // Whatever the command let go of keeps the process no longer.
    process.exit(isDone ? (outcome.code ?? process.exitCode ?? 0) : cause.exitCode);
  }
  if ('code' in outcome) {
    if (outcome.code !== undefined) process.exitCode = outcome.code;
    return;
  }
  const { error } = outcome;
  // Commander has said what was wrong, or has given the help that was asked for.
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : EXIT_USAGE;
  else {
    process.exitCode = EXIT_USAGE;
    say(error);
  }
}

/** Whether an error is the cause itself or, with more words such as how to go on, comes from it. */
function isFollowingFrom(error: unknown, cause: Error): boolean {
  for (let at = error; at instanceof Error; at = at.cause) if (at === cause) return true;
  return false;
}

function say(error: unknown): void {
  // Messages of the services' programs have several lines, the end of a log among them.
  const text = `✗ ${error instanceof Error ? error.message || wordsOf(error) : String(error)}`;
  console.error(fitTerminal(text, process.stderr.columns));
  if (process.env.DEBUG !== undefined) console.error(error);
}
