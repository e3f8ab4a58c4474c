// Whether a run that was cut off may go on here and now.

import { searchesCapacity } from '../capacity/configurations.ts';
import { currentCommit } from '../data/checkout.ts';
import { needsCapacity } from '../plan/levels-of-capacity.ts';
import { targetOf } from '../targets/find-target.ts';
import type { Asked, Resumed } from './asked.ts';
import { thisMachine } from './manifest.ts';
import { planDifferences, surroundingDifferences } from './resume.ts';

/** A run goes on where nothing has changed since it was cut off, or where its caller takes what has for granted. */
export async function compareWithResumed(
  { resume, scenario, cells }: Extract<Asked, { kind: 'ok' }>,
  anyway: boolean,
): Promise<{ kind: 'ok'; resume: Resumed | null } | { kind: 'mistakes'; mistakes: string[] }> {
  if (resume === null) return { kind: 'ok', resume };
  const checkout = await currentCommit();
  const now = {
    ...checkout,
    machine: thisMachine(),
    fingerprint: await targetOf(scenario).fingerprint(scenario),
  };
  const differences = [
    ...resume.anyway,
    ...surroundingDifferences(resume.manifest, now),
    // What follows from a search is compared cell by cell, as it is asked for.
    ...(searchesCapacity(scenario) || needsCapacity(scenario)
      ? []
      : planDifferences(resume.directory, cells)),
  ];
  if (differences.length > 0 && !anyway)
    return { kind: 'mistakes', mistakes: refusedResume(resume, differences) };
  const before = resume.manifest.resumedAnyway ?? [];
  return { kind: 'ok', resume: { ...resume, anyway: [...new Set([...before, ...differences])] } };
}

function refusedResume({ directory }: Resumed, differences: readonly string[]): string[] {
  return [
    `--resume ${directory}: new cells would not be like those that are kept.`,
    ...differences.map((difference) => `  ${difference}`),
    'Rehearse it anew, or give --resume-anyway: the page and the manifest will say what differed.',
  ];
}
