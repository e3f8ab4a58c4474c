// What a number of blocks can find, worked out before a run is made. "Found" means that the whole interval lies beyond
// the margin on the side of the true effect. With T the t statistic of the mean log-ratio against the margin's bound,
// that is P(T > t₀.₉₇₅) under a noncentral t with n − 1 degrees of freedom: exact for normal log-ratios, no simulation.
import { noncentralTail } from './noncentral-t.ts';
import { studentQuantile } from './student-t.ts';

const BISECTION_STEPS = 60;

export interface Noise {
  /** SD of the paired log-ratio; √2 times the SD of a single run when runs of a pair do not correlate. */
  sd: number;
  /** Ratio: 0.05 is ±5 %. */
  margin: number;
  /** Of the two-sided interval; 0.95 unless told. */
  confidence?: number;
}

function checkNoise({ sd, margin }: Noise): void {
  if (!(sd > 0 && Number.isFinite(sd))) throw new RangeError(`sd is ${sd}; need a finite sd above 0`);
  if (!(margin >= 0 && margin < 1)) throw new RangeError(`margin is ${margin}; need 0 ≤ margin < 1`);
}

function checkPower(power: number): void {
  if (!(power >= 0.5 && power < 1)) throw new RangeError(`power is ${power}; need 0.5 ≤ power < 1`);
}

/** Chance (0–1) that so many blocks find an effect that lies so many standard errors beyond the margin. */
function powerAtShift(blocks: number, shift: number, confidence: number): number {
  return noncentralTail(studentQuantile((1 + confidence) / 2, blocks - 1), blocks - 1, shift);
}

export type DetectableEffect =
  | {
      outcome: 'detectable';
      /** Smallest rise that is found, as a ratio: 0.098 is +9.8 %. */
      increaseRatio: number;
      /** Smallest fall that is found, below 0: −0.091 is −9.1 %. */
      decreaseRatio: number;
    }
  | { outcome: 'refused'; footnote: string };

/** The smallest true effects that so many blocks find with the given power (0.5 to below 1). */
export function detectableEffect(plan: Noise & { blocks: number; power: number }): DetectableEffect {
  checkNoise(plan);
  checkPower(plan.power);
  const { blocks, sd, margin, power, confidence = 0.95 } = plan;
  if (blocks < 2) return { outcome: 'refused', footnote: `need ≥ 2 blocks, have ${blocks}` };
  let high = 1;
  while (powerAtShift(blocks, high, confidence) < power) high *= 2;
  let low = 0;
  for (let step = 0; step < BISECTION_STEPS; step++) {
    const middle = (low + high) / 2;
    if (powerAtShift(blocks, middle, confidence) < power) low = middle;
    else high = middle;
  }
  const beyondMargin = Math.exp((high * sd) / Math.sqrt(blocks));
  return {
    outcome: 'detectable',
    increaseRatio: (1 + margin) * beyondMargin - 1,
    decreaseRatio: (1 - margin) / beyondMargin - 1,
  };
}
