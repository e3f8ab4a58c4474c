// A page's script: the client's TypeScript with the used parts of its libraries, as one piece of text.
import { build } from 'esbuild';

/** @param format `iife` for a script inside a page, `esm` for one that a server delivers */
export async function bundleClient(entry: string, format: 'iife' | 'esm'): Promise<string> {
  const bundle = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format,
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'inline',
    logLevel: 'silent',
  });
  const [file] = bundle.outputFiles;
  if (!file) throw new Error(`${entry}: found no output of esbuild, needed one script`);
  return file.text.trim();
}
