// Recovers the laws of growth and repeat purchase from what was generated: the tests that a year has the shape that it was
// told to have.
import { gammaln } from 'simple-statistics';
import { BASS, type BassCurve, bassShare } from './growth.ts';
import { minimise } from './minimise.ts';
import { CDNOW, type PurchaseRecord, type RepeatPurchase } from './repeat-purchase.ts';

/** p and q per week by least squares on the cumulated sign-ups at the end of each week. */
export function fitBass(cumulatedByWeek: readonly number[]): Pick<BassCurve, 'p' | 'q'> {
  const last = cumulatedByWeek.at(-1) ?? 0;
  if (!(last > 0)) throw new Error(`The sign-ups add up to ${last}; needed is at least one.`);
  const { at } = minimise(
    ([lnP = 0, lnQ = 0, lnMarket = 0]) => {
      const curve = { p: Math.exp(lnP), q: Math.exp(lnQ) };
      return cumulatedByWeek.reduce((sum, count, week) => {
        const expected = Math.exp(lnMarket) * bassShare(curve, week + 1);
        return sum + (count / last - expected) ** 2;
      }, 0);
    },
    [Math.log(BASS.p), Math.log(BASS.q), 0],
    { tolerance: 1e-12 },
  );
  return { p: Math.exp(at[0] ?? 0), q: Math.exp(at[1] ?? 0) };
}

/** r, α, a and b of BG/NBD by maximum likelihood (Fader, Hardie, Lee 2005, equation 6). */
export function fitRepeatPurchase(records: readonly PurchaseRecord[]): RepeatPurchase {
  const most = records.reduce((max, { repeatCount }) => Math.max(max, repeatCount), 0);
  const law = ([lnR = 0, lnAlpha = 0, lnA = 0, lnB = 0]: readonly number[]): RepeatPurchase => ({
    r: Math.exp(lnR),
    alphaWeeks: Math.exp(lnAlpha),
    a: Math.exp(lnA),
    b: Math.exp(lnB),
  });
  const { at } = minimise(
    (point) => -totalLikelihood(law(point), records, most),
    [CDNOW.r, CDNOW.alphaWeeks, CDNOW.a, CDNOW.b].map((value) => Math.log(value * 1.2)),
    { tolerance: 1e-10, mostRounds: 600 },
  );
  return law(at);
}

/**
 * Log-likelihood of all records (equation 6 of the paper, in the stable form with ln Γ), with everything that depends on
 * the count only computed once per count.
 */
function totalLikelihood(law: RepeatPurchase, records: readonly PurchaseRecord[], most: number): number {
  const { r, alphaWeeks, a, b } = law;
  const lnBeta = (x: number, y: number): number => gammaln(x) + gammaln(y) - gammaln(x + y);
  const common = new Float64Array(most + 1);
  const stay = new Float64Array(most + 1);
  const leave = new Float64Array(most + 1);
  const whole = lnBeta(a, b);
  for (let x = 0; x <= most; x += 1) {
    common[x] = gammaln(r + x) - gammaln(r) + r * Math.log(alphaWeeks);
    stay[x] = lnBeta(a, b + x) - whole;
    leave[x] = x === 0 ? -Infinity : lnBeta(a + 1, b + x - 1) - whole;
  }
  let sum = 0;
  for (const { repeatCount: x, lastWeeks, observedWeeks } of records) {
    const stayed = (stay[x] ?? 0) - (r + x) * Math.log(alphaWeeks + observedWeeks);
    const left = x === 0 ? -Infinity : (leave[x] ?? 0) - (r + x) * Math.log(alphaWeeks + lastWeeks);
    const high = Math.max(stayed, left);
    sum += (common[x] ?? 0) + high + Math.log(Math.exp(stayed - high) + Math.exp(left - high));
  }
  return sum;
}
