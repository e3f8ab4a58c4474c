// The answer to "how much does it carry?", a sentence for each configuration.
import type { CapacityResult, Verdict } from '../../reports/record/result.ts';
import { capacitySentences } from '../../reports/words/capacity-words.ts';

/** The answer in the words of a shop; `auditFailed` is what a failed audit means. */
export function capacityAnswer(
  verdict: Verdict,
  auditFailed: string,
  results: readonly CapacityResult[],
): string {
  if (verdict === 'AUDIT_FAILED') {
    return `No answer: under one of the probes ${auditFailed}; see the audit before any rate.`;
  }
  return `${capacitySentences(results).map(capitalised).join('. ')}.`;
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
