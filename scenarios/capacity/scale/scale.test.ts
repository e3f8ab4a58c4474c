import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { carriedByOne, firstToBreak, peakNeed } from './needs.ts';
import { MEASURED_RUN, PARTS, type Part } from './parts.ts';
import { RENEW_COMMAND, withTables } from './table.ts';

const FILE = new URL('../../../docs/scale.md', import.meta.url);

it('lets one carry as much as its cores do at the ratio at which they are still in time', () => {
  const part: Part = {
    name: 'api',
    cpuMsPerSession: 2,
    fullAtRatio: 0.5,
    coresOfOne: 4,
    growsBy: 'processes',
  };
  expect(carriedByOne(part)).toBe(1_000);
});

it('needs one of each part at the rate that was measured, and rises in proportion', () => {
  const measured = peakNeed(MEASURED_RUN.sessionsPerSecond);
  for (const { name } of PARTS) expect(measured.counts[name], name).toBe(1);
  expect(measured.requestsPerSecond).toBeCloseTo(743, 0);
  const tenfold = peakNeed(10 * MEASURED_RUN.sessionsPerSecond);
  expect(tenfold.busyCores.api).toBeCloseTo(10 * measured.busyCores.api);
  expect(tenfold.counts.api).toBe(10);
  expect(tenfold.databaseConnections).toBe(100);
});

it('names what cannot be multiplied, the part that is full first before the others', () => {
  const parts = firstToBreak();
  expect(parts.map(({ name }) => name)).toEqual(['redis', 'postgres']);
  expect(parts.every(({ atSessionsPerSecond }) => atSessionsPerSecond < 100_000)).toBe(true);
});

it('says in docs/scale.md what the figures make', () => {
  const document = readFileSync(FILE, 'utf8');
  expect(document, `Next: ${RENEW_COMMAND}`).toBe(withTables(document));
  expect(() => withTables('nothing')).toThrow(/found 0 places/);
});
