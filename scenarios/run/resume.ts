// Whether a run that was cut off may go on: its cells are only worth keeping beside new ones that are made in the same way. Every
// difference is named; none of them is judged.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Type from 'typebox';
import { formatBytes } from '../../reports/format/format.ts';
import type { Manifest } from '../../reports/record/manifest.ts';
import { cellPath } from '../../reports/record/names.ts';
import { readDocument } from '../../reports/record/read-cell.ts';
import type { CellPlan } from '../plan/cell-plan.ts';
import { planHash, planRun } from '../plan/plan.ts';
import { isKept } from './finished-cells.ts';

/** What surrounds a run, as a manifest records it. */
export type Surroundings = Pick<Manifest, 'commit' | 'changesHash' | 'machine'> & { fingerprint: string };

/** The same machine reports a little more or less memory after an update of its kernel. */
const SAME_MEMORY_RATIO = 0.02;

/** What differs from the run that is to go on, a sentence each: what was found now, and what the run needs. */
export function surroundingDifferences(manifest: Manifest, now: Surroundings): string[] {
  const { machine: then } = manifest;
  const { machine } = now;
  const isSameMemory =
    Math.abs(machine.memoryBytes - then.memoryBytes) <= SAME_MEMORY_RATIO * then.memoryBytes;
  return [
    ...difference('commit', now.commit ?? 'none', manifest.commit ?? 'none'),
    ...changeDifferences(manifest, now),
    ...difference('data set', now.fingerprint, manifest.dataSet.fingerprint),
    ...difference('processor', machine.cpuModel, then.cpuModel),
    ...difference('cores', String(machine.coreCount), String(then.coreCount)),
    ...(isSameMemory
      ? []
      : difference('memory', formatBytes(machine.memoryBytes), formatBytes(then.memoryBytes))),
    ...difference('platform', machine.platform, then.platform),
    ...difference('Node', machine.nodeVersion, then.nodeVersion),
  ];
}

function changeDifferences({ commitIsDirty, changesHash }: Manifest, now: Surroundings): string[] {
  const text = (hash: string | null | undefined) => hash?.slice(0, 16) ?? 'none';
  // Runs of older versions say that there were changes, not which.
  const needed = commitIsDirty && changesHash == null ? 'some that were not recorded' : text(changesHash);
  return difference('uncommitted changes', text(now.changesHash), needed);
}

/** Settings of the scenario that came out otherwise than they were recorded, by their paths. */
export function scenarioDifferences(recorded: unknown, now: unknown): string[] {
  const [before, after] = [flat('', recorded), flat('', now)];
  const paths = [...new Set([...before.keys(), ...after.keys()])];
  return paths.flatMap((path) =>
    difference(`scenario.${path}`, after.get(path) ?? 'none', before.get(path) ?? 'none'),
  );
}

const KeptPlan = Type.Object({ hash: Type.String() });

/** Kept cells that were asked something else than this version would plan for them. */
export function planDifferences(runDirectory: string, cells: readonly CellPlan[]): string[] {
  return cells.flatMap((cell) => {
    if (!isKept(runDirectory, cell)) return [];
    const found = keptPlanHash(runDirectory, cell);
    const planned = planRun(cell.scenario, cell.seed);
    const now = planned.kind === 'ok' ? planHash(planned.plan) : 'none';
    return difference(`plan of ${cellPath(cell)}`, now.slice(0, 16), found.slice(0, 16));
  });
}

/** The hash of the plan that a kept cell was run with; `none` where it has no plan. */
function keptPlanHash(runDirectory: string, cell: CellPlan): string {
  const file = join(runDirectory, cellPath(cell), 'plan.json');
  return existsSync(file) ? readDocument(file, KeptPlan).hash : 'none';
}

function difference(what: string, found: string, needed: string): string[] {
  return found === needed ? [] : [`${what}: found ${found}, needed ${needed}`];
}

function flat(path: string, value: unknown): Map<string, string> {
  if (typeof value !== 'object' || value === null) return new Map([[path, JSON.stringify(value) ?? 'none']]);
  return new Map(
    Object.entries(value).flatMap(([key, item]) => [...flat(path === '' ? key : `${path}.${key}`, item)]),
  );
}
