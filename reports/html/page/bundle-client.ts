// A page's script: the client's TypeScript with the used parts of its libraries, as one piece of text.
import { type BuildOptions, build } from 'esbuild';

/** How a client is bundled. */
export function clientBuild(entry: string, format: 'iife' | 'esm') {
  return {
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format,
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'inline',
    logLevel: 'silent',
    // Said here, because below node_modules a tsconfig.json is not heard.
    jsx: 'automatic',
    jsxImportSource: 'preact',
  } satisfies BuildOptions;
}

/** @param format `iife` for a script inside a page, `esm` for one that a server delivers */
export async function bundleClient(entry: string, format: 'iife' | 'esm'): Promise<string> {
  const bundle = await build(clientBuild(entry, format));
  const [file] = bundle.outputFiles;
  if (!file) throw new Error(`${entry}: found no output of esbuild, needed one script`);
  return file.text.trim();
}
