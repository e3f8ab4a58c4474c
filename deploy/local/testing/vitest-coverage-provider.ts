// Merges what browsers reached (browser-coverage.ts) into what Node reached.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { V8CoverageProvider } from '@vitest/coverage-v8/dist/provider.js';
import { type CoverageMap, createCoverageMap } from '@vitest/istanbul-lib-coverage';
import astV8ToIstanbul from 'ast-v8-to-istanbul';
import { parseAstAsync, type ReportContext, type Vitest } from 'vitest/node';
import type { BrowserCoverage } from './browser-coverage.ts';

/** What was reached, by the lines of the TypeScript that the bundle was made of. */
export async function toSources({ url, code, map, functions }: BrowserCoverage): Promise<CoverageMap> {
  const coverage = { url, functions };
  const ast = await parseAstAsync(code);
  return createCoverageMap(await astV8ToIstanbul({ code, sourceMap: JSON.parse(map), ast, coverage }));
}

/**
 * Adds `reached` to `whole`. A file that no test of Node's loaded stands in `whole` as all unreached, with statements where
 * another compiler put them; what the browser says of it replaces that.
 */
export function addBrowserCoverage(whole: CoverageMap, reached: CoverageMap): void {
  for (const file of reached.files()) {
    const isUnreached =
      whole.files().includes(file) && whole.fileCoverageFor(file).toSummary().statements.covered === 0;
    if (isUnreached) whole.filter((each) => each !== file);
    whole.addFileCoverage(reached.fileCoverageFor(file));
  }
}

export class BrowserAwareProvider extends V8CoverageProvider {
  private directory = '';

  override initialize(vitest: Vitest): void {
    super.initialize(vitest);
    this.directory = join(this.options.reportsDirectory, '.browser');
    for (const project of vitest.projects) project.provide('browserCoverageDirectory', this.directory);
  }

  override async clean(clean?: boolean): Promise<void> {
    rmSync(this.directory, { recursive: true, force: true });
    await super.clean(clean);
  }

  override async generateCoverage(context: ReportContext): Promise<CoverageMap> {
    const whole = await super.generateCoverage(context);
    if (!existsSync(this.directory)) return whole;
    const reached = createCoverageMap({});
    for (const name of readdirSync(this.directory)) {
      const coverage: BrowserCoverage = JSON.parse(readFileSync(join(this.directory, name), 'utf8'));
      reached.merge(await toSources(coverage));
    }
    reached.filter((file) => existsSync(file) && this.isIncluded(file));
    addBrowserCoverage(whole, reached);
    rmSync(this.directory, { recursive: true, force: true });
    return whole;
  }
}
