// The word at the head of a finished run. A question has an answer, not a pass: green above a red SLOWER would say two things.
import type { RunResult, Verdict } from '../record/result.ts';
import { verdictSentence, verdictWord } from './verdict-words.ts';

export type Badge = { text: string; tone: 'good' | 'bad' | 'void' | 'answered' };

const TONES: Record<Verdict, Badge['tone']> = {
  PASS: 'good',
  FAIL: 'bad',
  AUDIT_FAILED: 'bad',
  INVALID: 'void',
  UNDECIDED: 'void',
};

/** `✓ PASS`, or `= ANSWERED` for a run that asked which is better and gates nothing by it. */
export function badgeOf(result: Pick<RunResult, 'verdict' | 'comparisons'>): Badge {
  const { verdict } = result;
  return verdict === 'PASS' && onlyAsks(result)
    ? { text: '= ANSWERED', tone: 'answered' }
    : { text: verdictWord(verdict), tone: TONES[verdict] };
}

function onlyAsks({ comparisons }: Pick<RunResult, 'comparisons'>): boolean {
  const primary = comparisons.filter(({ role }) => role === 'primary');
  return primary.length > 0 && primary.every(({ declared }) => !declared);
}

/** The badge and the verdict's sentence in one line for the terminal; the word is padded to a column of 13. */
export function verdictLine(result: RunResult): string {
  return `${badgeOf(result).text.padEnd(12)} ${verdictSentence(result)}`;
}
