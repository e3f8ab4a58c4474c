// Baselines: results that later runs are held against, with their manifests. They lie in a folder each below
// `.stampede/baselines/`, or in one file that can be committed to a repository.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Type, { type Static } from 'typebox';
import { Manifest } from '../record/manifest.ts';
import { readDocument } from '../record/read-cell.ts';
import { RunResult } from '../record/result.ts';
import { RecordError, validate } from '../record/validate.ts';
import type { ComparedRun } from './compared-run.ts';

export type StoredRun = ComparedRun<RunResult>;

const NAME_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** A baseline as one file. */
const BaselineFile = Type.Object({
  schemaVersion: Type.Literal(1),
  baseline: Type.String({ pattern: NAME_PATTERN.source }),
  result: RunResult,
  manifest: Manifest,
});
type BaselineFile = Static<typeof BaselineFile>;

/** Why a baseline must not be called that, or null. */
export function nameMistake(name: string): string | null {
  if (name === 'latest') return 'found the name "latest", needed another one: it means the newest run';
  if (NAME_PATTERN.test(name)) return null;
  return `found the name "${name}", needed 1 to 64 letters, digits, ".", "-" or "_", the first a letter or digit`;
}

/** Names of the baselines below `root`, sorted. */
export function listBaselines(root: string): string[] {
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .filter((name) => NAME_PATTERN.test(name) && isBaselineFolder(join(root, name)))
    .sort();
}

/** Whether a folder holds what a baseline consists of. */
export function isBaselineFolder(path: string): boolean {
  return existsSync(join(path, 'result.json')) && existsSync(join(path, 'manifest.json'));
}

/** Writes the folder of a baseline beside its place and moves it there, so that nobody reads half of it. */
export function saveBaseline(root: string, name: string, { result, manifest }: StoredRun): string {
  const folder = join(root, name);
  const part = join(root, `.${name}.part`);
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true });
  writeFileSync(join(part, 'result.json'), jsonText(result));
  writeFileSync(join(part, 'manifest.json'), jsonText(manifest));
  rmSync(folder, { recursive: true, force: true });
  renameSync(part, folder);
  return folder;
}

/** Writes a baseline as one file; folders that are missing are made. */
export function saveBaselineFile(path: string, name: string, { result, manifest }: StoredRun): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
    throw new RecordError(
      `${path}: found a folder, needed a file. Next: --out ${join(path, `${name}.json`)}`,
    );
  const document: BaselineFile = { schemaVersion: 1, baseline: name, result, manifest };
  validate(BaselineFile, document, path);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.part`, jsonText(document));
  renameSync(`${path}.part`, path);
}

export function dropBaseline(root: string, name: string): void {
  rmSync(join(root, name), { recursive: true });
}

/** @throws RecordError that names the file, what was found and what was needed */
export function readBaselineFolder(path: string, name: string): StoredRun {
  return {
    name: `baseline ${name}`,
    result: readDocument(join(path, 'result.json'), RunResult),
    manifest: readDocument(join(path, 'manifest.json'), Manifest),
  };
}

/** @throws RecordError that names the file, what was found and what was needed */
export function readBaselineFile(path: string): StoredRun {
  const { baseline, result, manifest } = readDocument(path, BaselineFile);
  return { name: `baseline ${baseline}`, result, manifest };
}

function jsonText(document: unknown): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
