// Little's law in words: people inside = what comes through × how long each takes. Every steady span obeys it, so that it
// tells when the instrument counted wrongly or the span was not steady.
import { formatMs, formatNumber, formatPercent } from './format.ts';
import type { GeneratorHealth, LittlesLaw, RunResult } from './record/result.ts';

/** "−0.3 % (limit ±2 %)", "–" where it was not recorded or nobody was there. */
export function littleResidualText({ littlesLaw }: GeneratorHealth): string {
  return littlesLaw == null ? '–' : offText(littlesLaw);
}

/** Both sides in one sentence: "On average 88.1 sessions were open; 196 steps/s × (437 ms thinking + 12 ms waiting) make 88". */
export function littleSentence(law: LittlesLaw): string {
  const { meanOpenCount, stepsPerSecond, meanResponseMs, meanThinkMs, residualRatio } = law;
  const explained = threeDigits(meanOpenCount * (1 + residualRatio));
  return `On average ${threeDigits(meanOpenCount)} sessions were open; ${threeDigits(stepsPerSecond)} steps/s × (${formatMs(meanThinkMs)} thinking + ${formatMs(meanResponseMs)} waiting) make ${explained}`;
}

/** One warning for each variant that does not obey the law; none of them makes a run INVALID. */
export function littleWarnings(result: Pick<RunResult, 'variants'>): string[] {
  const variants = Object.entries(result.variants);
  return variants.flatMap(([key, { generator }]) => {
    const law = generator.littlesLaw;
    if (law == null || law.holds) return [];
    const place = variants.length > 1 ? `${key}: ` : '';
    return [
      `${place}Little’s law is off by ${offText(law)}: the measured span was not steady, or something was counted wrongly. ${littleSentence(law)}. Measure longer, or lower the rate until the shop keeps up.`,
    ];
  });
}

const offText = ({ residualRatio, limitRatio }: LittlesLaw): string =>
  `${signedPercent(residualRatio)} (limit ±${formatPercent(limitRatio)})`;

const threeDigits = (value: number): string => formatNumber(Number(value.toPrecision(3)), 4);

function signedPercent(ratio: number): string {
  return `${ratio < 0 ? '−' : '+'}${formatPercent(Math.abs(ratio))}`;
}
