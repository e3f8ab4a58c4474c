// What the code's comments and the documents send their reader to is there: documents of the repository, and the sections of
// them that are named.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { repositoryRoot } from './data/repository.ts';

const read = (file: string): string => readFileSync(join(repositoryRoot, file), 'utf8');
/** Of the repository as it lies there, whatever it was unpacked into. */
const files = globSync(['{scenarios,sim,system,reports,deploy,docs}/**/*.{ts,sql,md}', '*.md'], {
  cwd: repositoryRoot,
}).filter((file) => file !== 'scenarios/citations.test.ts');
/** Documents that a run writes. */
const WRITTEN = /(^|\/)summary\.md$/;

const code = files.filter((file) => !file.endsWith('.md'));
const documents = files.filter((file) => file.endsWith('.md'));

/** As one line: a citation may go on in the next line of its comment. */
const unwrapped = (text: string): string => text.replace(/\n\s*(\/\/|\*|--)\s?/g, ' ');

const headings = (document: string): string[] =>
  read(document)
    .split('\n')
    .flatMap((line) => /^#+ (.*)$/.exec(line)?.[1] ?? []);

/** Named from the root, or beside the file, or by its name in docs/. */
const placesOf = (name: string, file: string): string[] => [
  name,
  join(dirname(file), name),
  join('docs', name),
];

it('every document that the code names is in the repository', () => {
  const missing = code.flatMap((file) =>
    [...unwrapped(read(file)).matchAll(/(?<![\w./-])([\w./-]*\w\.md)\b/g)]
      .map(([, name = '']) => name)
      .filter((name) => !WRITTEN.test(name))
      .filter((name) => !placesOf(name, file).some((path) => existsSync(join(repositoryRoot, path))))
      .map((name) => `${file}: ${name}`),
  );
  expect(missing).toEqual([]);
});

it('every section that the code names is a heading of its document', () => {
  const cited = code.flatMap((file) =>
    [...unwrapped(read(file)).matchAll(/(docs\/[\w-]+\.md)((?:(?:,| and)? "[^"\n]+")+)/g)].flatMap(
      ([, document = '', sections = '']) =>
        [...sections.matchAll(/"([^"]+)"/g)].map(([, section = '']) => ({ file, document, section })),
    ),
  );
  expect(cited.length).toBeGreaterThan(20);
  expect(cited.filter(({ document, section }) => !headings(document).includes(section))).toEqual([]);
});

it('every link from one document to another leads somewhere', () => {
  const broken = documents.flatMap((document) =>
    [...read(document).matchAll(/\]\((?!https?:|#)([^)#\s]+)(?:#[^)]*)?\)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !existsSync(join(repositoryRoot, dirname(document), target)))
      .map((target) => `${document}: ${target}`),
  );
  expect(broken).toEqual([]);
});
