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

/** Where the sentence behind a badge begins. */
export const BADGE_COLUMNS = 13;

/** The badge and the verdict's sentence in one line for the terminal. */
export function verdictLine(result: RunResult): string {
  return `${badgeOf(result).text.padEnd(BADGE_COLUMNS - 1)} ${verdictSentence(result)}`;
}
