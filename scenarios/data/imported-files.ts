// Which files of the repository a program is made of: what its entry imports, and what those import. Imports of types alone do
// not count, they change nothing that runs.
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const IMPORTS = [
  // import … from "./x.ts", export … from "./x.ts"; in the quotes of the project
  /^(?:import|export)\s(?!type\s)[^'"`;]*?from\s*'(\.{1,2}\/[^']+)'/gm,
  // import "./x.ts", import("./x.ts"), new URL("./x.ts", import.meta.url)
  /\b(?:import\s*\(?|new URL\()\s*'(\.{1,2}\/[^']+)'/g,
];

/** The entry and all files that it reaches, as paths from the root, sorted. */
export async function importedFiles(root: string, entry: string): Promise<string[]> {
  const reached = new Set<string>();
  const open = [entry];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    if (!file.endsWith('.ts')) continue;
    const text = await readFile(join(root, file), 'utf8');
    const paths = IMPORTS.flatMap((pattern) => [...text.matchAll(pattern)].map(([, path = '']) => path));
    open.push(...paths.map((path) => join(dirname(file ?? ''), path)));
  }
  return [...reached].sort();
}
