// A ratio of two values as people read it.

/** 1.091 → "+9.1 %", with a true minus sign and in one piece. */
export function changeText(ratio: number): string {
  const percent = ((ratio - 1) * 100).toLocaleString('en-US', {
    maximumFractionDigits: 1,
    signDisplay: 'exceptZero',
  });
  return `${percent.replace('-', '−')}\u00a0%`;
}

/** What is said of a change that two single runs differ by and nobody judged. */
export const NOT_JUDGED = '! large, not judged';

/**
 * Two single runs of the same thing are planned to differ by 7 % (SD, `expectedSd` of the comparisons); almost four times that is
 * seldom chance, and is worth a second run.
 */
const LARGE_FACTOR = 1.3;

export function isLargeChange(ratio: number): boolean {
  return ratio >= LARGE_FACTOR || ratio <= 1 / LARGE_FACTOR;
}

/** 1.091 → "× 1.09 (+9.1 %)"; a dash where there is none. */
export function ratioText(ratio: number | null): string {
  if (ratio === null) return '–';
  const factor = ratio.toLocaleString('en-US', {
    minimumFractionDigits: 2,
    maximumFractionDigits: ratio < 0.1 ? 3 : 2,
  });
  return `× ${factor} (${changeText(ratio)})`;
}
