// One line of the check: a figure, where its range comes from, and whether ours lies in it.

export type CheckLine = {
  /** a: reproduces its configuration; b: lies in the published range. */
  kind: 'a' | 'b';
  figure: string;
  source: string;
  range: string;
  ours: string;
  ok: boolean;
};

/** A figure that must lie between two ends, either of which may be infinite. */
export type Figure = {
  figure: string;
  source: string;
  value: number;
  range: readonly [low: number, high: number];
  /** Default: three decimals. */
  write?: (value: number) => string;
};

export function checkLine(
  kind: CheckLine['kind'],
  { figure, source, value, range, write }: Figure,
): CheckLine {
  const [low, high] = range;
  const text = write ?? decimals(3);
  const rangeText =
    low === -Infinity
      ? `≤ ${text(high)}`
      : high === Infinity
        ? `≥ ${text(low)}`
        : low === high
          ? text(low)
          : `${text(low)} – ${text(high)}`;
  return { kind, figure, source, range: rangeText, ours: text(value), ok: value >= low && value <= high };
}

export const percent =
  (digits = 1) =>
  (ratio: number): string =>
    `${(ratio * 100).toFixed(digits)} %`;

export const decimals =
  (digits: number) =>
  (value: number): string =>
    value.toFixed(digits);
