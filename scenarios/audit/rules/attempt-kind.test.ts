import { expect, it } from 'vitest';
import { copyText } from './attempt-kind.ts';

it('writes values so that COPY reads back just what they were', () => {
  expect([null, 7, true, '', 'a\tb\\c\nd\re', '\\N'].map(copyText)).toEqual([
    '\\N',
    '7',
    'true',
    '',
    'a\\tb\\\\c\\nd\\re',
    '\\\\N',
  ]);
});
