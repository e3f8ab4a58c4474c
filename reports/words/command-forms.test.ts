import { expect, test } from 'vitest';
import { namedAsStarted, otherForm } from './command-forms.ts';

test('words name commands in the form that the run was started with', () => {
  const text = 'Keep it with `npm run baseline -- save NAME`; `npm run scenario` lists them.';
  expect(namedAsStarted(text, 'npm run scenario -- smoke --seed 1')).toBe(text);
  expect(namedAsStarted(text, 'npx stampede scenario smoke --seed 1')).toBe(
    'Keep it with `npx stampede baseline save NAME`; `npx stampede scenario` lists them.',
  );
});

test('a command is told in its other form too, wherever it was typed', () => {
  expect(otherForm('npm run scenario -- smoke --seed 1')).toEqual({
    begins: 'npm run scenario --',
    elsewhere: 'stampede scenario',
    where: 'Installed as a package',
  });
  expect(otherForm('npx stampede scenario smoke --seed 1')).toEqual({
    begins: 'npx stampede scenario',
    elsewhere: 'npm run scenario --',
    where: 'In a checkout',
  });
  expect(otherForm('make rehearsal')).toBeNull();
});
