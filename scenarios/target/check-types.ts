// Whether somebody's file fits the types that it is written against, as the compiler sees it: that of the folder where the file lies,
// else the one that comes with a checkout. A package that is installed brings none along.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { shortened } from '../../sim/adapters/your-shop/shop-mistake.ts';
import { repositoryRoot } from '../data/repository.ts';

type TypesFound =
  | { kind: 'fit' }
  /** In one line: where, what, the next step. */
  | { kind: 'wrong'; message: string }
  | { kind: 'unchecked'; because: string };

const OURS = join(repositoryRoot, 'sim') + sep;
const LONGEST_MESSAGE = 200;
const OPTIONS = {
  target: 'ESNext',
  lib: ['ESNext'],
  // Whatever the folder's package.json says of modules, Node takes the file as one.
  module: 'ESNext',
  moduleResolution: 'bundler',
  types: ['node'],
  strict: true,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
  noEmit: true,
};

/** Runs the compiler over the file; rejects only when `stop` is aborted. */
export async function checkTypes(file: string, stop: AbortSignal): Promise<TypesFound> {
  const compiler = packageFrom(file, 'typescript');
  const nodeTypes = packageFrom(file, '@types/node');
  if (compiler === null || nodeTypes === null)
    return {
      kind: 'unchecked',
      because: `found no ${compiler === null ? 'typescript' : '@types/node'} beside ${basename(file)}: npm install --save-dev typescript @types/node`,
    };
  const { bin } = JSON.parse(readFileSync(join(compiler, 'package.json'), 'utf8')) as {
    bin: { tsc: string };
  };
  const folder = mkdtempSync(join(tmpdir(), 'stampede-types-'));
  try {
    const project = join(folder, 'tsconfig.json');
    const paths = { stampede: [join(OURS, 'adapters/your-shop/stampede.ts')] };
    const compilerOptions = { ...OPTIONS, typeRoots: [dirname(nodeTypes)], paths };
    writeFileSync(project, JSON.stringify({ compilerOptions, files: [file] }));
    const words = [join(compiler, bin.tsc), '--project', project, '--pretty', 'false'];
    const { output, failure } = await outputOf(words, dirname(file), stop);
    return failure === null
      ? typesFound(output, file)
      : { kind: 'unchecked', because: shortened(failure, LONGEST_MESSAGE) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The folder of a package, as the file would find it; null where there is none. */
function packageFrom(file: string, name: string): string | null {
  for (const from of [file, import.meta.filename]) {
    try {
      return dirname(createRequire(from).resolve(`${name}/package.json`));
    } catch {
      // Looked for in the next place.
    }
  }
  return null;
}

/** What the compiler wrote; `failure` where it broke down instead of finding anything, in its own words. */
function outputOf(
  words: readonly string[],
  cwd: string,
  stop: AbortSignal,
): Promise<{ output: string; failure: string | null }> {
  return new Promise((done, fail) => {
    execFile(process.execPath, words, { cwd, signal: stop }, (error, stdout, stderr) => {
      const output = stdout + stderr;
      // With errors in the file it ends with a status that is not 0.
      const hasFound = error === null || /error TS\d+:/.test(output);
      if (error !== null && stop.aborted) fail(error);
      else done({ output, failure: hasFound ? null : output.trim() || error.message });
    });
  });
}

/** What the compiler's lines say of the file, and of what it imports that is not ours. */
export function typesFound(output: string, file: string): TypesFound {
  const found = output.split('\n').flatMap((line) => {
    const [, path, number, code, message] = /^(.+?)\((\d+),\d+\): error (TS\d+): (.*)$/.exec(line) ?? [];
    if (path === undefined || message === undefined) return [];
    const isOurs = resolve(dirname(file), path).startsWith(OURS);
    return isOurs ? [] : [{ place: `${basename(path)}:${number}`, code, message }];
  });
  const [first] = found;
  if (first !== undefined) {
    const more = found.length === 1 ? '' : `, and ${found.length - 1} more`;
    return {
      kind: 'wrong',
      message: `${first.place}: its types do not fit (${first.code}: ${shortened(first.message, LONGEST_MESSAGE)}${more}), needed are those of defineShop. Mend that line, and check again.`,
    };
  }
  const broken = output.split('\n').find((line) => /^error TS\d+/.test(line));
  return broken === undefined
    ? { kind: 'fit' }
    : { kind: 'unchecked', because: shortened(broken, LONGEST_MESSAGE) };
}
