// Nothing is kept for its tests alone: what a file of the product exports is used by the product, and a file that no entry
// point reaches is a test or helps tests.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { repositoryRoot } from './data/repository.ts';

type Source = {
  file: string;
  exported: string[];
  /** What it imports: `*` where a whole module is taken. */
  imports: { file: string; name: string }[];
  /** Files that it names in a text: programs and workers that it starts. */
  named: string[];
  /** How often each identifier stands in it. */
  counts: Map<string, number>;
};

/** Helpers of tests that their name does not tell. */
const HELPERS = [
  'deploy/grafana/dashboard-schema.ts',
  'deploy/grafana/metric-names.ts',
  'sim/engine/timing/virtual-timeline.ts',
  'sim/shopper/model-shop.ts',
  'sim/shopper/session-statistics.ts',
  'sim/shopper/simulate-session.ts',
];

function isTestCode(file: string): boolean {
  return (
    /\.test\.ts$|(^|\/|-)testing(\.ts$|\/)|^system\/(faults|security)\//.test(file) ||
    /\/vitest-[\w-]+\.ts$/.test(file) ||
    HELPERS.includes(file)
  );
}

function namesOfImport({ importClause }: ts.ImportDeclaration): string[] {
  const bindings = importClause?.namedBindings;
  if (bindings === undefined) return importClause?.name === undefined ? [] : ['default'];
  if (ts.isNamespaceImport(bindings)) return ['*'];
  return bindings.elements.map(({ name, propertyName }) => (propertyName ?? name).text);
}

function namesOfDeclaration(statement: ts.Statement): string[] {
  if (!ts.canHaveModifiers(statement)) return [];
  const isExported = ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  if (isExported !== true) return [];
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) =>
      ts.isIdentifier(name) ? [name.text] : name.elements.map((element) => element.getText()),
    );
  // A type costs nothing and documents what a function takes or gives.
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement))
    return statement.name === undefined ? [] : [statement.name.text];
  return [];
}

function readSource(file: string): Source {
  const text = readFileSync(join(repositoryRoot, file), 'utf8');
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const source: Source = { file, exported: [], imports: [], named: [], counts: new Map() };
  const resolve = (specifier: string): string => normalize(join(dirname(file), specifier));
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) source.counts.set(node.text, (source.counts.get(node.text) ?? 0) + 1);
    const isImport =
      ts.isImportDeclaration(node.parent ?? node) || ts.isExportDeclaration(node.parent ?? node);
    if (ts.isStringLiteralLike(node) && /\.tsx?$/.test(node.text) && !isImport)
      source.named.push(node.text.startsWith('.') ? resolve(node.text) : node.text);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  for (const statement of tree.statements) {
    const specifier =
      ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)
        ? statement.moduleSpecifier
        : undefined;
    const target = specifier && ts.isStringLiteral(specifier) ? resolve(specifier.text) : null;
    if (target !== null && ts.isImportDeclaration(statement))
      for (const name of namesOfImport(statement)) source.imports.push({ file: target, name });
    if (target !== null && ts.isExportDeclaration(statement)) {
      const clause = statement.exportClause;
      const names =
        clause && ts.isNamedExports(clause)
          ? clause.elements.map(({ name, propertyName }) => (propertyName ?? name).text)
          : ['*'];
      for (const name of names) source.imports.push({ file: target, name });
    }
    source.exported.push(...namesOfDeclaration(statement));
  }
  return source;
}

const sources = new Map(
  globSync('{scenarios,sim,system,reports,deploy}/**/*.{ts,tsx}', { cwd: repositoryRoot }).map((file) => [
    file,
    readSource(file),
  ]),
);
/** Where commands are written down, those of developers too. */
const commands = ['package.json', '.ci/run', 'docker-compose.yml', 'reports/record/result-schema.ts']
  .map((file) => readFileSync(join(repositoryRoot, file), 'utf8'))
  .join('\n');

/** A bare name may be any file of that name: the folder before it is put on at run time. */
const filesNamed = (name: string): string[] =>
  name.includes('/') ? [name] : [...sources.keys()].filter((file) => file.endsWith(`/${name}`));

function reachedFrom(entries: string[]): Set<string> {
  const reached = new Set<string>();
  const queue = [...entries];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    const source = sources.get(file);
    if (source === undefined || reached.has(file)) continue;
    reached.add(file);
    queue.push(...source.imports.map((imported) => imported.file), ...source.named.flatMap(filesNamed));
  }
  return reached;
}

const product = reachedFrom(
  [...sources.keys()].filter((file) => /(^|\/|-)main\.tsx?$/.test(file) || commands.includes(file)),
);

it('every file is reached from an entry point, or is a test or a helper of tests', () => {
  const unreached = [...sources.keys()].filter((file) => !product.has(file) && !isTestCode(file));
  expect(unreached).toEqual([]);
});

it('every function and value that the product exports is used by the product', () => {
  const used = new Set<string>();
  for (const { file, imports } of sources.values())
    if (product.has(file)) for (const imported of imports) used.add(`${imported.file}#${imported.name}`);
  const unused = [...sources.values()]
    .filter(({ file }) => product.has(file))
    .flatMap(({ file, exported, counts }) =>
      exported
        .filter((name) => !used.has(`${file}#${name}`) && !used.has(`${file}#*`))
        .filter((name) => (counts.get(name) ?? 0) < 2)
        .map((name) => `${file}: ${name}`),
    );
  expect(unused).toEqual([]);
});
