// The table that people read against the one that the shop goes by.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { CoolDown, Effect } from './rule.ts';
import { RULES } from './rules.ts';

const DOCUMENT = fileURLToPath(new URL('../../docs/rules.md', import.meta.url));
const DAY_MS = 24 * 60 * 60 * 1_000;

function inWords(effect: Effect): string {
  if (effect.kind === 'list') return `list \`${effect.list}\` made anew`;
  if (effect.kind === 'alert') return `alert \`${effect.alert}\``;
  const days = effect.validForMs / DAY_MS;
  const covered = effect.covers === 'all' ? 'anything' : `the ${effect.covers}`;
  const valid = `${days} ${days === 1 ? 'day' : 'days'}`;
  const coupon = `${Math.round(effect.ratio * 100)} % on ${covered}, valid ${valid}`;
  return effect.alert === 'cart-reminder' ? `reminder, and ${coupon}` : coupon;
}

const PER: Record<CoolDown['per'], string> = {
  person: 'to one person',
  target: 'to one person for the same',
  order: 'for the same order',
};

function coolDownInWords({ per, lasts }: CoolDown): string {
  if (lasts === 'none') return '–';
  return lasts === 'ever' ? `${PER[per]}, ever` : `${PER[per]} on that day`;
}

test('docs/rules.md has the rules as they are', () => {
  const rows = RULES.map(
    ({ number, name, condition, effect, coolDown }) =>
      `| ${number} | \`${name}\` | ${condition} | ${inWords(effect)} | ${coolDownInWords(coolDown)} |`,
  );
  const table = readFileSync(DOCUMENT, 'utf8')
    .split('\n')
    .filter((line) => /^\| \d+ \|/.test(line));
  expect(table).toEqual(rows);
});
