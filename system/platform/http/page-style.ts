// The style of a page as browsers get it: its own file with what it imports, such as the colours that all pages share, in one.
import { buildSync } from 'esbuild';

/** Throws when the file, or one that it imports, is not there or is no CSS. */
export function bundlePageStyle(file: string): string {
  // Synchronously, because that leaves no service process of esbuild behind.
  const { outputFiles } = buildSync({
    entryPoints: [file],
    bundle: true,
    minify: true,
    write: false,
    target: 'es2022',
    logLevel: 'silent',
  });
  const [style] = outputFiles;
  if (style === undefined || outputFiles.length > 1)
    throw new Error(`esbuild gave ${outputFiles.length} files for ${file}, needed 1`);
  return style.text;
}
