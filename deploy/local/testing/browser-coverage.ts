// Which parts of the pages' scripts the tests in Chromium reach. V8 counts in the browser, in the bundle as it is shipped;
// what was counted is laid down with the bundle's source map, and vitest-coverage-provider.ts adds it to the figures.
import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import type { Profiler } from 'node:inspector';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import type { Page } from 'playwright-core';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where browsers lay down what was reached; absent in a run without coverage. */
    browserCoverageDirectory: string;
  }
}

/** What was reached of one bundle in one page. */
export type BrowserCoverage = {
  /** Beside the entry point, so that the source map's paths lead from there. */
  url: string;
  code: string;
  /** The source map of the bundle, as esbuild writes it. */
  map: string;
  functions: Profiler.FunctionCoverage[];
};

type Bundle = Omit<BrowserCoverage, 'functions'>;

/** A client as it is shipped, with the map of where its parts come from. */
export async function buildWithMap(options: BuildOptions): Promise<Bundle> {
  const [entry] = Array.isArray(options.entryPoints) ? options.entryPoints : [];
  if (typeof entry !== 'string') throw new Error('a client to be covered needs one entry point');
  const outfile = join(dirname(entry), 'bundle.js');
  const { outputFiles = [] } = await build({ ...options, write: false, sourcemap: 'external', outfile });
  const textOf = (suffix: string) => outputFiles.find(({ path }) => path.endsWith(suffix))?.text ?? '';
  return { url: pathToFileURL(outfile).href, code: textOf('bundle.js').trim(), map: textOf('.map') };
}

export type BrowserCoverageCollection = {
  /** Counts in this page from now on, across its navigations. */
  start(page: Page): Promise<void>;
  /** Lays down what was reached in all pages that are still open. */
  finish(): Promise<void>;
};

/**
 * Collects coverage of clients in a run with coverage; does nothing in others.
 * @param clients how the scripts of the pages are bundled
 */
export function collectBrowserCoverage(clients: readonly BuildOptions[]): BrowserCoverageCollection {
  const directory = inject('browserCoverageDirectory');
  const pages: Page[] = [];
  return {
    async start(page) {
      if (!directory) return;
      await page.coverage.startJSCoverage({ resetOnNavigation: false });
      pages.push(page);
    },
    async finish() {
      if (!directory || pages.length === 0) return;
      mkdirSync(directory, { recursive: true });
      const bundles = await Promise.all(clients.map(buildWithMap));
      for (const page of pages.filter((each) => !each.isClosed())) {
        for (const { source = '', functions } of await page.coverage.stopJSCoverage()) {
          const bundle = bundles.find(({ code }) => source.trim() === code);
          if (!bundle) continue;
          const coverage: BrowserCoverage = { ...bundle, code: source, functions };
          writeFileSync(join(directory, `${randomUUID()}.json`), JSON.stringify(coverage));
        }
      }
    },
  };
}
