import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectFolder } from '../../../deploy/local/programs/state-directory.ts';
import { VERBS, type VerbName } from '../../../sim/adapters/your-shop/verbs.ts';
import { aboutYours } from './about.ts';

/** What a page says of a shop whose file, `file`, leaves these verbs out. */
function aboutWithout(missingVerbs: VerbName[], file = 'my-shop.ts') {
  const discovery = {
    name: 'A shop',
    currency: 'EUR',
    origins: [],
    hasAccounts: false,
    items: [],
    inStockCount: 0,
    categories: [],
    accountCount: null,
    verbs: VERBS.filter((verb) => !missingVerbs.includes(verb)),
    missingVerbs,
    audits: { ordersSince: true, stock: true },
  };
  const settings = { file, url: 'http://127.0.0.1:3000', version: '1', runId: 'run-1' };
  return aboutYours({ discovery, settings, foreign: [], token: '' });
}

const notesWithout = (...missing: VerbName[]): string[] => [...aboutWithout(missing).notes];

it('says what nobody does for want of a verb', () => {
  expect(notesWithout()).toEqual([]);
  expect(notesWithout('search')).toEqual([
    'The shop’s file leaves out verbs, so nobody searches (no `search`).',
  ]);
});

it('says that nobody asks again for a pending order only where an order cannot be looked at either', () => {
  expect(notesWithout('outcome')).toEqual([]);
  expect(notesWithout('outcome', 'order')).toEqual([
    'The shop’s file leaves out verbs, so orders are not looked up one by one (no `order`).',
  ]);
  expect(notesWithout('outcome', 'order', 'orders')[0]).toContain('nobody asks again');
});

it('names a file of the project from its folder on, and any other whole', () => {
  const fileOf = (file: string) => aboutWithout([], file).shop.file;
  expect(fileOf(join(projectFolder(), 'targets', 'vendure.ts'))).toBe(join('targets', 'vendure.ts'));
  expect(fileOf('/elsewhere/my-shop.ts')).toBe('/elsewhere/my-shop.ts');
});
