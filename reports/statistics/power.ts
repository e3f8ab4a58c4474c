// What a number of blocks can find, worked out before a run is made. "Found" means that the whole interval lies beyond
// the margin on the side of the true effect. With T the t statistic of the mean log-ratio against the margin's bound,
// that is P(T > t₀.₉₇₅) under a noncentral t with n − 1 degrees of freedom: exact for normal log-ratios, no simulation.
import { noncentralTail } from './noncentral-t.ts';
import { studentQuantile } from './student-t.ts';

/** More blocks than anyone runs. */
const MOST_BLOCKS = 10_000;
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

/** How far, in logs, the effect lies beyond the margin on its own side; negative when it lies within. */
function logDistance(effect: number, margin: number): number {
  return effect >= 0 ? Math.log((1 + effect) / (1 + margin)) : Math.log((1 - margin) / (1 + effect));
}

function powerAtShift(blocks: number, shift: number, confidence: number): number {
  return noncentralTail(studentQuantile((1 + confidence) / 2, blocks - 1), blocks - 1, shift);
}

/** Chance (0–1) that so many blocks find a true effect (0.1 is +10 %, above −1). Below 2 blocks nothing is found. */
export function powerToFind(plan: Noise & { blocks: number; effect: number }): number {
  checkNoise(plan);
  const { blocks, sd, margin, effect, confidence = 0.95 } = plan;
  if (!(effect > -1)) throw new RangeError(`effect is ${effect}; need effect > −1`);
  if (blocks < 2) return 0;
  return powerAtShift(blocks, (logDistance(effect, margin) * Math.sqrt(blocks)) / sd, confidence);
}

export type BlocksNeeded = { outcome: 'needed'; blocks: number } | { outcome: 'refused'; footnote: string };

/** Fewest blocks that find the effect with the given power (0.5 to below 1). Refused when none, or too many, would. */
export function blocksNeeded(plan: Noise & { effect: number; power: number }): BlocksNeeded {
  checkNoise(plan);
  checkPower(plan.power);
  if (logDistance(plan.effect, plan.margin) <= 0) {
    return {
      outcome: 'refused',
      footnote: `an effect of ${plan.effect} does not lie beyond the margin of ±${plan.margin}; no number of blocks finds it`,
    };
  }
  const suffices = (blocks: number): boolean => powerToFind({ ...plan, blocks }) >= plan.power;
  let enough = 2;
  while (enough < MOST_BLOCKS && !suffices(enough)) enough = Math.min(MOST_BLOCKS, enough * 2);
  if (!suffices(enough)) {
    return { outcome: 'refused', footnote: `need > ${MOST_BLOCKS} blocks; lower the noise or look for more` };
  }
  let tooFew = 1;
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (suffices(middle)) enough = middle;
    else tooFew = middle;
  }
  return { outcome: 'needed', blocks: enough };
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
