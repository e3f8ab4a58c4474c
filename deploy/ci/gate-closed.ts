// node deploy/ci/gate-closed.ts RUN THRESHOLD EXIT_CODE: whether a rehearsal ended with 1 because it missed this limit, and
// not because something broke. A gate that a crash closes as well has not been seen to work.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Result = {
  verdict: string;
  exitCode: number;
  thresholds: { name: string; ok: boolean | null; outcome?: string }[];
};

/** Why it is not so, in a sentence; null when the gate closed for the limit. */
export function whyNotClosed(run: string, threshold: string, exitCode: number): string | null {
  const path = join(run, 'result.json');
  let result: Result;
  try {
    result = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    return `${path} cannot be read (${(error as Error).message}): the run, which exited with ${exitCode}, came to no verdict.`;
  }
  const limit = result.thresholds.find(({ name }) => name === threshold);
  const found = `verdict ${result.verdict}, exit code ${exitCode} (${result.exitCode} in the result), ${threshold} ${limit === undefined ? 'not judged' : `ok=${limit.ok}, ${limit.outcome ?? 'outcome not told'}`}`;
  // A limit that could not be decided is not ok either, and closes nothing.
  const isMissed = limit?.ok === false && limit.outcome !== 'undecided';
  const isClosed = result.verdict === 'FAIL' && result.exitCode === 1 && exitCode === 1 && isMissed;
  return isClosed ? null : `Found ${found}; needed FAIL with 1 because ${threshold} was missed.`;
}

if (import.meta.main) {
  const [run = '', threshold = '', exitCode = ''] = process.argv.slice(2);
  const why = whyNotClosed(run, threshold, Number(exitCode));
  if (why !== null) {
    console.error(`The gate did not close as it should. ${why}`);
    process.exitCode = 3;
  }
}
