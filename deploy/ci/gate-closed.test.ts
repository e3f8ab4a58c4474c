import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { whyNotClosed } from './gate-closed.ts';

let run: string;
beforeEach(() => {
  run = mkdtempSync(join(tmpdir(), 'stampede-gate-'));
});
afterEach(() => rmSync(run, { recursive: true, force: true }));

const missed = [{ name: 'http-response-p99', ok: false }];
function judged(result: object): void {
  writeFileSync(
    join(run, 'result.json'),
    JSON.stringify({ verdict: 'FAIL', exitCode: 1, thresholds: missed, ...result }),
  );
}

test('a missed limit closes the gate', () => {
  judged({});
  expect(whyNotClosed(run, 'http-response-p99', 1)).toBeNull();
});

test('a crash does not, whatever it exits with', () => {
  expect(whyNotClosed(run, 'http-response-p99', 1)).toContain('came to no verdict');
});

test.for([
  ['another exit code', {}, 3],
  ['another verdict', { verdict: 'INVALID', exitCode: 2 }, 2],
  ['another limit', { thresholds: [{ name: 'failed-ratio', ok: false }] }, 1],
  [
    'the limit undecided beside another that was missed',
    { thresholds: [{ name: 'http-response-p99', ok: false, outcome: 'undecided' }] },
    1,
  ],
  ['the limit kept', { thresholds: [{ name: 'http-response-p99', ok: true }] }, 1],
] as const)('%s does not either', ([, result, exitCode]) => {
  judged(result);
  expect(whyNotClosed(run, 'http-response-p99', exitCode)).toContain('needed FAIL with 1');
});

test('CI asks for it after its run with a limit that cannot be kept', () => {
  const ci = readFileSync(join(import.meta.dirname, '..', '..', '.ci', 'run'), 'utf8');
  expect(ci).toMatch(
    /thresholds\.http-response-p99=0 [^\n]*\|\| code=\$\?\n.*gate-closed\.ts .*http-response-p99/,
  );
});
