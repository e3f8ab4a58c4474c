// The target that a scenario names, looked up in the table.
import { didYouMean } from '../mistakes/nearest.ts';
import { browserCountOf } from '../scenario/browsers.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { TargetKind } from './target.ts';
import { targets } from './targets.ts';

/** What a scenario is rehearsed against. @throws Error when there is no such target (targetMistakes says so before) */
export function targetOf({ target }: Pick<Scenario, 'target'>): TargetKind {
  const kind = targets[target];
  if (kind === undefined) throw new Error(targetMistakes({ target }).join(' '));
  return kind;
}

/** That there is no target of the scenario's name, or no fault of its name there; none when all is well. */
export function targetMistakes({ target, fault }: Pick<Scenario, 'target' | 'fault'>): string[] {
  const kind = targets[target];
  const names = kind === undefined ? Object.keys(targets) : Object.keys(kind.faults);
  const [what, name] = kind === undefined ? ['target', target] : ['fault', fault?.name];
  if (name === undefined || names.includes(name)) return [];
  return [
    `${what}: found ${name}.${didYouMean(name, names)} Needed: ${names.length === 0 ? `none, for ${target} has none` : `one of ${names.join(', ')}`}.`,
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
