// What a run was asked, read from its manifest: the scenario stands there as plain data, of any version.
import Type from 'typebox';
import Value from 'typebox/value';
import type { Manifest } from '../../record/manifest.ts';
import type { RunResult } from '../../record/result.ts';

const Asked = Type.Object({
  answer: Type.Optional(Type.String()),
  target: Type.Optional(Type.String()),
  shop: Type.Optional(Type.Object({ hour: Type.Optional(Type.Number()) })),
});

/**
 * `holds`: whether the shop holds; `survives`: the same with a fault in the midst; `compares`: which variant is better; `searches`:
 * how much it carries.
 */
export type Question = 'holds' | 'survives' | 'compares' | 'searches';

/** Whether a shop is rehearsed, so that its shoppers' waits are told as they feel them. */
export const isRehearsal = (question: Question): boolean => question === 'holds' || question === 'survives';

/** Which of the first screens a run has. */
export function questionOf(result: RunResult, manifest: Manifest): Question {
  if (result.capacity !== undefined) return 'searches';
  const isOne = Object.keys(result.variants).length <= 1;
  const asked = askedOf(manifest).answer ?? 'holds';
  if (result.comparisons.length > 0 || !isOne || asked !== 'holds') return 'compares';
  return strikesOf(result).length > 0 ? 'survives' : 'holds';
}

/** What was done to the shop in the midst of the run, each once, in order. */
export function strikesOf({ variants }: Pick<RunResult, 'variants'>): string[] {
  const events = Object.values(variants).flatMap((variant) => variant.events ?? []);
  return [...new Set(events.toSorted((a, b) => a.second - b.second).map(({ label }) => label))];
}

/** Settings of the load that change neither who comes nor how often. */
const NOT_THE_RATE =
  /^load\.(?:durationSeconds|leadInSeconds|drainSeconds|warmUpOrders|warmUpReads|httpDeadlineMs|outcomeDeadlineMs)=/;

/**
 * "at 20:00" where the run came at the whole rate of that hour; "at this load" where another one was asked for, because what a
 * quieter shop holds says nothing of the hour.
 */
export function loadWords({ scenario }: Pick<RunResult, 'scenario'>, manifest: Manifest): string {
  const { shop, target } = askedOf(manifest);
  const { overrides, flags = [] } = manifest;
  const isOurs = target === undefined || target === 'our-shop';
  const hasItsRate =
    !flags.includes('--quick') &&
    !overrides.some((text) => text.startsWith('load.') && !NOT_THE_RATE.test(text));
  const isWhole = isOurs && scenario === 'peak-hour' && hasItsRate;
  return isWhole && shop?.hour !== undefined ? `at ${shop.hour}:00` : 'at this load';
}

function askedOf({ effectiveScenario }: Pick<Manifest, 'effectiveScenario'>): Type.Static<typeof Asked> {
  return Value.Check(Asked, effectiveScenario) ? effectiveScenario : {};
}
