// The target that a scenario names, looked up in the table.
import { didYouMean } from '../mistakes/nearest.ts';
import { browserCountOf } from '../scenario/browsers.ts';
import type { Overridden } from '../scenario/overrides.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { TargetKind } from './target.ts';
import { targets } from './targets.ts';

/** What a scenario is rehearsed against. @throws Error when there is no such target (targetMistakes says so before) */
export function targetOf({ target }: Pick<Scenario, 'target'>): TargetKind {
  const kind = targets[target];
  if (kind === undefined) throw new Error(targetMistakes({ target }).join(' '));
  return kind;
}

/**
 * The scenario against another target than it names: one of the table, or the kind that a file describes.
 * @param url where it is, for a target that a file describes
 */
export function aimAt(
  scenario: Scenario,
  { target, url }: { target?: string | undefined; url?: string | undefined },
): Overridden {
  const isFile = target !== undefined && targets[target] === undefined && IS_FILE.test(target);
  const ofFiles = isFile ? Object.values(targets).find(({ aim }) => aim !== undefined) : undefined;
  if (ofFiles?.aim !== undefined) return ofFiles.aim(scenario, target ?? '', url);
  const aimed = target === undefined ? scenario : { ...scenario, target };
  const mistakes = [
    ...targetMistakes({ target: aimed.target }),
    ...(targets[aimed.target]?.aim !== undefined && aimed.yourShop === undefined
      ? [
          `target ${aimed.target}: found no shop. Needed: the file that describes it and its address, --target my-shop.ts --url https://my.shop.`,
        ]
      : []),
    ...(url === undefined || targets[aimed.target]?.aim !== undefined
      ? []
      : [`--url ${url}: that goes with a file only. Needed: --target my-shop.ts beside it.`]),
  ];
  return mistakes.length > 0 ? { kind: 'mistakes', mistakes } : { kind: 'ok', scenario: aimed };
}

const IS_FILE = /[/\\]|\.[cm]?[jt]s$/;

/** That there is no target of the scenario's name, or no fault of its name there; none when all is well. */
export function targetMistakes({ target, fault }: Pick<Scenario, 'target' | 'fault'>): string[] {
  const kind = targets[target];
  if (kind === undefined) {
    const named = Object.entries(targets).flatMap(([name, { aim }]) => (aim === undefined ? [name] : []));
    return [
      `target: found ${target}.${didYouMean(target, named)} Needed: one of ${named.join(', ')}, or a file that describes your shop.`,
    ];
  }
  const names = Object.keys(kind.faults);
  if (fault === undefined || names.includes(fault.name)) return [];
  return [
    `fault: found ${fault.name}.${didYouMean(fault.name, names)} Needed: ${names.length === 0 ? `none, for ${target} has none` : `one of ${names.join(', ')}`}.`,
  ];
}

/** Browsers need pages to walk through. */
export function browserMistakes({ target, load }: Pick<Scenario, 'target' | 'load'>): string[] {
  const count = browserCountOf(load);
  if (count === 0 || targetOf({ target }).hasStorefront === true) return [];
  return [
    `load.browsers=${count}: target ${target} has no pages that a browser could walk through. Needed: 0, or a target that has some.`,
  ];
}
