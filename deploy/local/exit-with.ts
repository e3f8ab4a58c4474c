// How every command line of commander ends: with the code that its main returns, or 3 and one message.
import { CommanderError } from 'commander';

/** Wrong usage, or something that a command needs is not there. */
export const EXIT_USAGE = 3;

/**
 * Runs a command and sets the process's exit code to the number it resolves to, if any; never throws. DEBUG in the
 * environment adds where an error came from.
 */
export async function exitWith(main: () => Promise<unknown>): Promise<void> {
  try {
    const code = await main();
    if (typeof code === 'number') process.exitCode = code;
  } catch (error) {
    process.exitCode = EXIT_USAGE;
    // Commander has said what was wrong, or has given the help that was asked for.
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) process.exitCode = 0;
      return;
    }
    console.error(`✗ ${error instanceof Error ? error.message : String(error)}`);
    if (process.env.DEBUG !== undefined) console.error(error);
  }
}
