// The adapters of the real shops are the examples that people copy from: each is there, and is not more than an afternoon's work.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { REPOSITORY_ROOT } from '../../../deploy/local/programs/state-directory.ts';
import { REAL_SHOPS } from './real-shops.ts';

const MOST_LINES = 149;
/** As wide as the formatter makes lines; only a title or a query that would not read better broken is a little wider. */
const WIDEST = 140;

it.each(REAL_SHOPS)('describes $title in fewer than 150 lines, none of them crammed', ({ name }) => {
  const lines = readFileSync(join(REPOSITORY_ROOT, 'targets', `${name}.ts`), 'utf8')
    .trimEnd()
    .split('\n');
  expect(lines.length).toBeLessThanOrEqual(MOST_LINES);
  expect(lines.filter((line) => line.length > WIDEST)).toEqual([]);
});
