// A scenario after the options that change it, and those options as a run's manifest keeps them.

import { faultThresholds, readFault } from '../faults/fault.ts';
import { browserCountOf, pageThresholds } from '../scenario/browsers.ts';
import { applyOverrides, type Overridden } from '../scenario/overrides.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { shellWord, wordOfShell } from '../scenario/shell-word.ts';
import { aimAt, targetOf } from '../targets/find-target.ts';
import { asAa, asQuick } from './cell-plan.ts';

/** Options beside `--set`, its short forms and the seed. */
export type ShapingOptions = {
  quick?: boolean;
  aa?: boolean;
  aaOf?: string;
  blocks?: string;
  fault?: string;
  target?: string;
  url?: string;
  baseline?: string;
};

/** The scenario after its options; the target first, then the fault that it offers, then `--quick`, so that `--set` has the last word. */
export function effectiveScenario(
  scenario: Scenario,
  { target, url, fault, quick, aa, aaOf, blocks }: ShapingOptions,
  overrides: readonly string[],
): Overridden {
  const made = aimAt(scenario, { target, url });
  if (made.kind === 'mistakes') return made;
  const { scenario: aimed } = made;
  const refused = targetOf(aimed).refused?.(scenario, overrides) ?? [];
  if (refused.length > 0) return { kind: 'mistakes', mistakes: refused };
  const faulty = withFault(aimed, fault);
  const base = withPageLimits(faulty.kind === 'ok' ? faulty.scenario : aimed, overrides);
  const overridden = applyOverrides(quick === true ? asQuick(base) : base, overrides);
  const mistakes = [faulty, overridden].flatMap((made) => (made.kind === 'mistakes' ? made.mistakes : []));
  if (mistakes.length > 0 || overridden.kind === 'mistakes') return { kind: 'mistakes', mistakes };
  const isAa = aa === true || aaOf !== undefined;
  const sided = isAa ? asAa(overridden.scenario, aaOf) : overridden.scenario;
  return { kind: 'ok', scenario: withBlocks(sided, blocks) };
}

/** A fault run is judged by its audit and its recovery, so its latency limits give way to `recovered-within`. */
function withFault(scenario: Scenario, text: string | undefined): Overridden {
  if (text === undefined) return { kind: 'ok', scenario };
  const fault = readFault(text, targetOf(scenario).faults);
  if (typeof fault === 'string') return { kind: 'mistakes', mistakes: [fault] };
  if (scenario.comparison !== undefined) {
    return {
      kind: 'mistakes',
      mistakes: [`--fault ${text}: scenario ${scenario.name} compares variants; faults are for single runs.`],
    };
  }
  return { kind: 'ok', scenario: { ...scenario, fault, thresholds: faultThresholds } };
}

/**
 * Where browsers walk beside a load that the shop is to hold, their pages have limits, too; those that the scenario names itself
 * stand. A fault is judged by its recovery, and a comparison or a search by what it compares.
 */
function withPageLimits(scenario: Scenario, overrides: readonly string[]): Scenario {
  const given = overrides.findLast((override) => override.startsWith(BROWSERS_SET));
  const count =
    given === undefined ? browserCountOf(scenario.load) : Number(given.slice(BROWSERS_SET.length));
  if (!(count > 0) || scenario.answer !== 'holds' || scenario.fault !== undefined) return scenario;
  return { ...scenario, thresholds: { ...pageThresholds, ...scenario.thresholds } };
}

const BROWSERS_SET = 'load.browsers=';

export function flagsOf({ quick, aa, aaOf, blocks, fault, target, url, baseline }: ShapingOptions): string[] {
  return [
    ...(quick === true ? ['--quick'] : []),
    ...(aa === true ? ['--aa'] : []),
    ...(aaOf === undefined ? [] : [`--aa-of ${shellWord(aaOf)}`]),
    ...(fault === undefined ? [] : [`--fault ${fault}`]),
    ...(target === undefined ? [] : [`--target ${shellWord(target)}`]),
    ...(url === undefined ? [] : [`--url ${shellWord(url)}`]),
    ...(blocks === undefined ? [] : [`--blocks ${blocks}`]),
    ...(baseline === undefined ? [] : [`--baseline ${shellWord(baseline)}`]),
  ];
}

/** The options that a run's flags were made from. */
export function optionsOf(flags: readonly string[]): ShapingOptions {
  const textOf = (option: string) =>
    flags.find((flag) => flag.startsWith(`${option} `))?.slice(option.length + 1);
  const [fault, target, blocks] = [textOf('--fault'), textOf('--target'), textOf('--blocks')];
  const baseline = textOf('--baseline');
  const [aaOf, url] = [textOf('--aa-of'), textOf('--url')];
  return {
    ...(flags.includes('--quick') ? { quick: true } : {}),
    ...(flags.includes('--aa') ? { aa: true } : {}),
    ...(aaOf === undefined ? {} : { aaOf: wordOfShell(aaOf) }),
    ...(fault === undefined ? {} : { fault }),
    ...(target === undefined ? {} : { target: wordOfShell(target) }),
    ...(url === undefined ? {} : { url: wordOfShell(url) }),
    ...(blocks === undefined ? {} : { blocks }),
    ...(baseline === undefined ? {} : { baseline: wordOfShell(baseline) }),
  };
}

function withBlocks(scenario: Scenario, blocks: string | undefined): Scenario {
  if (blocks === undefined || scenario.comparison === undefined) return scenario;
  return { ...scenario, comparison: { ...scenario.comparison, blocks: Number(blocks) } };
}
