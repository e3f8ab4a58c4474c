// What differed between two runs before they started: their manifests as dotted paths, one line for each difference.
import type { Manifest } from '../record/manifest.ts';

export type Difference = { path: string; older: string; newer: string };
export type ManifestDifferences = { differing: Difference[]; sameCount: number };

const NOT_RECORDED = '–';
/** Differ between any two runs (as the machine's noise does), or follow from what is listed anyway. */
const LEFT_OUT = [
  'startedAt',
  'schemaVersion',
  'replayCommand',
  'overrides',
  'shop.runId',
  'shop.inStockCount',
];

export function manifestDifferences(older: Manifest, newer: Manifest): ManifestDifferences {
  const before = settingsOf(older);
  const after = settingsOf(newer);
  const paths = [...new Set([...before.keys(), ...after.keys()])];
  const differing = paths
    .filter((path) => before.get(path) !== after.get(path))
    .map((path) => ({
      path,
      older: before.get(path) ?? NOT_RECORDED,
      newer: after.get(path) ?? NOT_RECORDED,
    }));
  return { differing, sameCount: paths.length - differing.length };
}

function settingsOf(manifest: Manifest): Map<string, string> {
  const { services, effectiveScenario, notes, noise: _, withoutMeaning: _2, ...rest } = manifest;
  const named = Object.fromEntries(services.map(({ name, ...service }) => [name, service]));
  const document = { ...rest, scenario: effectiveScenario, services: named, notes: notes.join(' ') };
  const lines = flatten('', document).filter(([path]) => !LEFT_OUT.includes(path));
  return new Map(lines);
}

function flatten(path: string, value: unknown): [path: string, text: string][] {
  if (Array.isArray(value)) {
    return value.every((item) => typeof item !== 'object')
      ? [[path, value.join(', ')]]
      : value.flatMap((item, index) => flatten(`${path}.${index}`, item));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, item]) =>
      flatten(path === '' ? key : `${path}.${key}`, item),
    );
  }
  return [[path, String(value)]];
}
