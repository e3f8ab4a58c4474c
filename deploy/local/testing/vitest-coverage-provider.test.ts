import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCoverageMap } from '@vitest/istanbul-lib-coverage';
import { afterAll, expect, test } from 'vitest';
import { buildWithMap } from './browser-coverage.ts';
import { addBrowserCoverage, toSources } from './vitest-coverage-provider.ts';

const folder = mkdtempSync(join(tmpdir(), 'stampede-coverage-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const entry = join(folder, 'main.ts');
const greeting = join(folder, 'greeting.ts');
writeFileSync(
  greeting,
  `export function greet(name: string): string {
  return \`Good day, \${name}\`;
}
export function curse(name: string): string {
  return \`Go away, \${name}\`;
}
`,
);
writeFileSync(
  entry,
  `import { curse, greet } from './greeting.ts';
const isFriend = location.hash === '';
console.log(greet('Kim'));
console.log(isFriend || curse('Lee'));
`,
);

/** What a browser counts that runs the bundle and never comes to curse somebody. */
async function reachedInBrowser() {
  const bundle = await buildWithMap({ entryPoints: [entry], bundle: true, minify: true, format: 'esm' });
  const whole = { startOffset: 0, endOffset: bundle.code.length, count: 1 };
  const [first, second] = [...bundle.code.matchAll(/function .*?\}?`\}/g)];
  const rangeOf = (match: RegExpExecArray) => ({
    startOffset: match.index,
    endOffset: match.index + match[0].length,
  });
  return toSources({
    ...bundle,
    functions: [
      { functionName: '', isBlockCoverage: true, ranges: [whole] },
      { functionName: 'greet', isBlockCoverage: true, ranges: [{ ...rangeOf(first!), count: 1 }] },
      { functionName: 'curse', isBlockCoverage: false, ranges: [{ ...rangeOf(second!), count: 0 }] },
    ],
  });
}

test('what a browser reached of a minified bundle is told by the lines of its sources', async () => {
  const reached = await reachedInBrowser();
  expect(reached.files().sort()).toEqual([greeting, entry]);
  expect(reached.fileCoverageFor(greeting).getLineCoverage()).toEqual({ 2: 1, 5: 0 });
});

test('it replaces what stands there as never loaded, and adds to what Node reached as well', async () => {
  const statement = { start: { line: 5, column: 2 }, end: { line: 5, column: 30 } };
  const coverageOf = (path: string, count: number) => ({
    path,
    statementMap: { 0: statement },
    s: { 0: count },
    fnMap: {},
    f: {},
    branchMap: {},
    b: {},
  });
  const whole = createCoverageMap({ [greeting]: coverageOf(greeting, 3), [entry]: coverageOf(entry, 0) });
  addBrowserCoverage(whole, await reachedInBrowser());
  expect(whole.fileCoverageFor(greeting).getLineCoverage()).toEqual({ 2: 1, 5: 3 });
  expect(whole.fileCoverageFor(entry).getUncoveredLines()).toEqual([]);
});
