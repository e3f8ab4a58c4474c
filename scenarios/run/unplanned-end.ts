// What a run directory and the screen are told when a run ends otherwise than planned.
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { wordsOf } from '../../deploy/local/programs/process-end.ts';
import type { RunWriter } from '../../reports/record/run-directory.ts';
import type { View } from '../cell/live-view.ts';

/** Takes a sentence for each thing that could not be taken away. */
export type OnLeft = (sentence: string) => void;

/** Marks the run as aborted. Never throws: on a full disk there may be no room for the note either, and the cause is what must be told. */
export function noteAborted(run: RunWriter, cause: unknown, view: View): void {
  try {
    run.abort(wordsOf(cause), new Date());
  } catch (error) {
    view.say(`! The run's status could not be written (${wordsOf(error)}); readers take the run for killed.`);
  }
  view.say(`What was recorded so far is in ${run.directory}`);
}

/** Says what stays behind, and notes it in the run directory. */
export function noteLeft(run: RunWriter, sentence: string, view: View): void {
  view.say(`! ${sentence}`);
  try {
    appendFileSync(join(run.directory, 'left-behind.txt'), `${sentence}\n`);
  } catch {
    // It has been said; the run's own outcome is not to suffer from a note.
  }
}
