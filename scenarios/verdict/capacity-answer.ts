// The answer to "how much does it carry?", a sentence for each configuration.
import type { CapacityResult, Verdict } from '../../reports/record/result.ts';
import { capacitySentences } from '../../reports/words/capacity-words.ts';

/** The answer in the words of a shop. */
export function capacityAnswer(verdict: Verdict, results: readonly CapacityResult[]): string {
  if (verdict === 'AUDIT_FAILED') {
    return 'No answer: under one of the probes the shop lost, doubled or misreported orders; see the audit before any rate.';
  }
  return `${capacitySentences(results).map(capitalised).join('. ')}.`;
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
