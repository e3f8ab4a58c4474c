// Why a generator may not take part in a rehearsal, as the end of a sentence that begins with its name; null where it may.
import { fileNeed } from '../plan/file-descriptors.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { ClockOffset } from './clock-offset.ts';

/** Beyond it something is wrong with the machine: tokens and logs of the shop would not fit together. */
export const CLOCK_OFFSET_AT_MOST_MS = 120_000;

export const WRONG_TOKEN =
  'its token is not that of the rehearsal; needed: the same STAMPEDE_GENERATOR_TOKEN on both';

/** By what it says of itself. `version` is ours. */
export function refusalOf(
  hello: { version: string; descriptorLimit: number | null },
  version: string,
  scenario: Scenario,
): string | null {
  if (hello.version !== version)
    return `its version is ${hello.version}; needed: ${version}, as the rehearsal's`;
  const need = fileNeed(scenario);
  if (hello.descriptorLimit === null || hello.descriptorLimit >= need.neededCount) return null;
  return `it may open ${hello.descriptorLimit} files; needed: ${need.neededCount} for its part of this plan, by \`ulimit -n ${need.enoughCount}\` in its shell`;
}

/** By its clock. */
export function refusalOfClock({ offsetMs, withinMs }: ClockOffset): string | null {
  if (Math.abs(offsetMs) - withinMs <= CLOCK_OFFSET_AT_MOST_MS) return null;
  const direction = offsetMs > 0 ? 'ahead of' : 'behind';
  return `its clock is ${Math.round(Math.abs(offsetMs) / 1_000)} s ${direction} the rehearsal's; needed: ${CLOCK_OFFSET_AT_MOST_MS / 1_000} s at most, by a time service on both`;
}
