// The script and the style of a page as browsers get them: what they import, such as the colours that all pages share, in one file.
import { type BuildOptions, buildSync } from 'esbuild';

const ONE_FILE = {
  bundle: true,
  minify: true,
  write: false,
  target: 'es2022',
  logLevel: 'silent',
} satisfies BuildOptions;

/**
 * How a script is bundled.
 * @param constants by name, what the script reads as if it were declared there; JSON
 */
export function scriptBuild(entry: string, constants: Record<string, unknown>) {
  return {
    ...ONE_FILE,
    entryPoints: [entry],
    format: 'esm',
    platform: 'browser',
    legalComments: 'none',
    // As client/tsconfig.json says: it is not heard below node_modules, and the one that it extends is not in the shop's image.
    jsx: 'automatic',
    jsxImportSource: 'preact',
    define: Object.fromEntries(
      Object.entries(constants).map(([name, value]) => [name, JSON.stringify(value)]),
    ),
  } satisfies BuildOptions;
}

/** Throws when the file, or one that it imports, is not there or is no CSS. */
export function bundlePageStyle(file: string): string {
  return bundleOneFile({ ...ONE_FILE, entryPoints: [file] });
}

/** What a build makes of its entry point. Throws when the source cannot be bundled. */
export function bundleOneFile(build: BuildOptions & { entryPoints: string[] }): string {
  // Synchronously, because that leaves no service process of esbuild behind.
  const { outputFiles = [] } = buildSync({ ...build, write: false });
  const [file] = outputFiles;
  if (file === undefined || outputFiles.length > 1)
    throw new Error(`esbuild gave ${outputFiles.length} files for ${build.entryPoints.join(', ')}, needed 1`);
  return file.text;
}
