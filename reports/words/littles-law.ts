// Little's law in words: people inside = what comes through × how long each takes, and those whom the ends of the span cut. Every
// span obeys it, so that it tells when the instrument counted wrongly.

import { formatMs, formatNumber, formatPercent } from '../format/format.ts';
import type { GeneratorHealth, LittlesLaw, RunResult } from '../record/result.ts';

/** "−0.3 % (limit ±2 %)", "–" where it was not recorded or nobody was there. */
export function littleResidualText({ littlesLaw }: GeneratorHealth): string {
  return littlesLaw == null ? '–' : offText(littlesLaw);
}

/**
 * Both sides in one sentence: "On average 88.1 sessions were open; 196 steps/s × (437 ms thinking + 12 ms waiting) make 88, with
 * +0.3 cut by the ends of the span".
 */
export function littleSentence(law: LittlesLaw): string {
  const { meanOpenCount, stepsPerSecond, meanResponseMs, meanThinkMs, residualRatio, cutCount = 0 } = law;
  const explained = threeDigits(meanOpenCount * (1 + residualRatio));
  const cut =
    cutCount === 0
      ? ''
      : `, with ${cutCount < 0 ? '−' : '+'}${threeDigits(Math.abs(cutCount))} cut by the ends of the span`;
  return `On average ${threeDigits(meanOpenCount)} sessions were open; ${threeDigits(stepsPerSecond)} steps/s × (${formatMs(meanThinkMs)} thinking + ${formatMs(meanResponseMs)} waiting) make ${explained}${cut}`;
}

/** One warning for each variant that does not obey the law; none of them makes a run INVALID. */
export function littleWarnings(result: Pick<RunResult, 'variants'>): string[] {
  const variants = Object.entries(result.variants);
  return variants.flatMap(([key, { generator }]) => {
    const law = generator.littlesLaw;
    if (law == null || law.holds) return [];
    const place = variants.length > 1 ? `${key}: ` : '';
    return [`${place}Little’s law is off by ${offText(law)}: ${cause(law)}. ${littleSentence(law)}.`];
  });
}

/** Results of old leave the ends of the span out, which a span that is not steady does not forgive. */
const cause = ({ cutCount }: LittlesLaw): string =>
  cutCount === undefined
    ? 'the measured span was not steady, or something was counted wrongly'
    : 'something was counted wrongly, and the figures of this run are in doubt';

const offText = ({ residualRatio, limitRatio }: LittlesLaw): string =>
  `${signedPercent(residualRatio)} (limit ±${formatPercent(limitRatio)})`;

const threeDigits = (value: number): string => formatNumber(Number(value.toPrecision(3)), 4);

function signedPercent(ratio: number): string {
  return `${ratio < 0 ? '−' : '+'}${formatPercent(Math.abs(ratio))}`;
}
