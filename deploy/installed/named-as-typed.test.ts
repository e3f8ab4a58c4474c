import { expect, test } from 'vitest';
import { nameAsTyped, namedAsTyped } from './named-as-typed.ts';

const NAMES = ['scenario', 'report', 'stack', 'import'];
const typed = (text: string) => namedAsTyped(text, 'npx stampede', NAMES);

test('commands are named as they are typed where Stampede is installed', () => {
  expect(typed('End it: npm run stack -- down')).toBe('End it: npx stampede stack down');
  expect(typed('`npm run scenario` lists them')).toBe('`npx stampede scenario` lists them');
  expect(typed('Usage: npm run import -- [options] <file>')).toBe(
    'Usage: npx stampede import [options] <file>',
  );
  expect(typed('npm run --silent stack -- status --urls')).toBe('npx stampede stack status --urls');
  expect(typed('npm run report -- --serve, or npm run report')).toBe(
    'npx stampede report --serve, or npx stampede report',
  );
});

test('what is no command of Stampede stays', () => {
  for (const text of ['npm run start', 'npm run stack-mine', 'npm run report:all', 'npm ci'])
    expect(typed(text)).toBe(text);
});

test('a stream names them so, and passes on what is no text', () => {
  const written: unknown[] = [];
  const stream = { write: (...words: unknown[]) => written.push(...words) > 0 };
  nameAsTyped(stream as never, 'stampede', NAMES);
  stream.write('npm run report\n', 'utf8');
  stream.write(Buffer.from('x'));
  expect(written).toEqual(['stampede report\n', 'utf8', Buffer.from('x')]);
});
