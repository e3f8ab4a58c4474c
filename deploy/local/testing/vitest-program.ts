// Tests that need a program which npm does not bring. Where it is missing they are left out, and say so; in CI they fail
// instead.
import { describe } from 'vitest';

/** A program that was found, or one line with what was missing and what to do. */
export type ProgramSearch = { missing: string } | object;

/** Describes the tests where the program was found; else skips them with one line that says so, which in CI is an error. */
export function describeIfFound(found: ProgramSearch, name: string, tests: () => void): void {
  if (!('missing' in found)) {
    describe(name, tests);
    return;
  }
  const line = `${name}: ${found.missing}`;
  if (!['', 'false'].includes(process.env.CI ?? '')) throw new Error(line);
  // Vitest tells how many tests it skipped, not why.
  console.warn(`Skipped: ${line}.`);
  describe.skip(name, tests);
}
