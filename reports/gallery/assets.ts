// The gallery's style sheet and script, made once when the server starts.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleClient } from '../html/page/bundle-client.ts';

export type GalleryAssets = { style: string; script: string };

export async function buildAssets(): Promise<GalleryAssets> {
  const [shared, own, script] = await Promise.all([
    readFile(join(import.meta.dirname, '../html/report.css'), 'utf8'),
    readFile(join(import.meta.dirname, 'gallery.css'), 'utf8'),
    bundleClient(join(import.meta.dirname, 'client', 'main.ts'), 'esm'),
  ]);
  return { style: `${shared}\n${own}`, script };
}
