// The machine's noise before a comparison, in words for terminal, page and Markdown.

import { formatPercent } from '../format/format.ts';
import type { MachineNoise } from '../record/manifest.ts';

/** What was found, whether it is too much, and then what to do about it. */
export function noiseSentence(noise: MachineNoise): string {
  const { measuredSd, expectedSd, stealRatio, loadPerCore, isNoisy, reasons } = noise;
  if (!isNoisy) {
    return `The machine is quiet: the same work differs by ${formatPercent(measuredSd)} (SD) from moment to moment, planned with ${formatPercent(expectedSd)}; steal ${formatPercent(stealRatio)}, load ${loadPerCore.toFixed(1)} a core.`;
  }
  return `The machine is noisy: ${reasons.join('; ')}. Small effects may not be found. Stop other programs, use a machine of your own, or run more blocks (--blocks).`;
}
