import { expect, test } from 'vitest';
import type { CellResult } from '../record/result.ts';
import { repeatedSentences } from './repeated-blocks.ts';

const cell = (variant: string, level: string | null, block: number, because?: string[]) =>
  ({ variant, level, block, ...(because && { repeatedBecause: because }) }) as CellResult;

test('a repeated block is told once, with what spoilt its first attempt', () => {
  const because = ['kafka: 1 in 100 starts was more than 9.1 ms late (need ≤ 5 ms).'];
  const cells = [
    cell('direct', 'near', 0),
    cell('direct', 'near', 3, because),
    cell('kafka', 'near', 3, because),
    cell('direct', null, 4, ['direct: late.']),
  ];
  expect(repeatedSentences({ cells })).toEqual([
    `Block 4 at near was run a second time, with all its variants, because the generator spoilt the first attempt. ${because[0]}`,
    'Block 5 was run a second time, with all its variants, because the generator spoilt the first attempt. direct: late.',
  ]);
});
