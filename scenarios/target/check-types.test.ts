import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { checkTypes, typesFound } from './check-types.ts';
import { STARTER } from './starter.ts';

const folder = mkdtempSync(join(tmpdir(), 'stampede-types-of-'));
afterAll(() => rmSync(folder, { recursive: true }));
const stop = new AbortController().signal;

it('the file that init writes fits, whatever its folder says of modules', async () => {
  const file = join(folder, 'my-shop.ts');
  writeFileSync(file, `${STARTER}\nawait Promise.resolve(new URLSearchParams());\n`);
  expect(await checkTypes(file, stop)).toEqual({ kind: 'fit' });
});

it('counts the others, leaves out what is not the file’s, and gives up on a compiler that does not know how', () => {
  const file = join(folder, 'my-shop.ts');
  const ours = join(import.meta.dirname, '../../sim/adapters/your-shop/from-csv.ts(3,4): error TS1: ours');
  const lines = [
    ours,
    'my-shop.ts(12,5): error TS2322: Type A.',
    '  Type B.',
    'my-shop.ts(14,1): error TS2: C.',
  ];
  expect(typesFound(lines.join('\n'), file)).toMatchObject({
    message: expect.stringContaining('my-shop.ts:12: its types do not fit (TS2322: Type A., and 1 more)'),
  });
  expect(typesFound(ours, file)).toEqual({ kind: 'fit' });
  expect(typesFound("error TS5023: Unknown compiler option 'x'.\n", file)).toEqual({
    kind: 'unchecked',
    because: "error TS5023: Unknown compiler option 'x'.",
  });
});
