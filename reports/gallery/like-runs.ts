// Each run beside those like it that came before: the same scenario, machine, settings, options and
// size of the data. A change from one to the
// next is shown and never judged: two single runs settle nothing.
import type { Manifest } from '../record/manifest.ts';
import { type KeyFigure, keyFigureOf } from './key-figure.ts';
import type { FinishedEntry, GalleryEntry } from './list-entries.ts';
import { machineText, settingsText } from './trends.ts';

/** A sparkline shows no more than this. */
const MOST_POINTS = 12;

export type Standing = {
  figure: KeyFigure;
  /** Null for the first of its kind. */
  before: { name: string; startedAt: string; figure: KeyFigure } | null;
  /** Values of the like runs up to this one, oldest first, at most 12. */
  values: number[];
};

/** @param entries newest first */
export function standingsOf(entries: readonly GalleryEntry[]): ReadonlyMap<string, Standing> {
  const standings = new Map<string, Standing>();
  const groups = Map.groupBy(entries.toReversed().flatMap(measured), ({ kind }) => kind);
  for (const runs of groups.values()) {
    for (const [index, { entry, figure }] of runs.entries()) {
      const last = runs[index - 1];
      standings.set(entry.name, {
        figure,
        before:
          last === undefined
            ? null
            : { name: last.entry.name, startedAt: last.entry.status.startedAt, figure: last.figure },
        values: runs.slice(Math.max(0, index + 1 - MOST_POINTS), index + 1).map((each) => each.figure.value),
      });
    }
  }
  return standings;
}

function measured(entry: GalleryEntry): { entry: FinishedEntry; kind: string; figure: KeyFigure }[] {
  if (entry.kind !== 'finished') return [];
  const figure = keyFigureOf(entry.result);
  return figure === null ? [] : [{ entry, kind: kindOf(entry.manifest, figure), figure }];
}

function kindOf(manifest: Manifest, { label }: KeyFigure): string {
  const { scenario, dataSet } = manifest;
  const { peopleCount, productCount, history = null } = dataSet;
  return JSON.stringify([
    scenario,
    machineText(manifest),
    settingsText(manifest),
    [peopleCount, productCount, history],
    label,
  ]);
}
