// A ratio of two values as people read it.

/** 1.091 → "+9.1 %", with a true minus sign and in one piece. */
export function changeText(ratio: number): string {
  const percent = ((ratio - 1) * 100).toLocaleString('en-US', {
    maximumFractionDigits: 1,
    signDisplay: 'exceptZero',
  });
  return `${percent.replace('-', '−')}\u00a0%`;
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
