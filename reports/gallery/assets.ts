// The gallery's style sheet and script, made once when the server starts.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

export type GalleryAssets = { style: string; script: string };

export async function buildAssets(): Promise<GalleryAssets> {
  const [shared, own, script] = await Promise.all([
    readFile(join(import.meta.dirname, '../html/report.css'), 'utf8'),
    readFile(join(import.meta.dirname, 'gallery.css'), 'utf8'),
    bundleClient(),
  ]);
  return { style: `${shared}\n${own}`, script };
}

async function bundleClient(): Promise<string> {
  const bundle = await build({
    entryPoints: [join(import.meta.dirname, 'client', 'main.ts')],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'inline',
    logLevel: 'silent',
  });
  const [file] = bundle.outputFiles;
  if (!file) throw new Error('reports/gallery/client/main.ts: found no output of esbuild, needed one script');
  return file.text;
}
