import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { repositoryRoot } from '../data/repository.ts';
import { peakHour } from '../questions/peak-hour.ts';
import { smoke } from '../questions/smoke.ts';
import { descriptorLimit, descriptorMistakes, peakSockets } from './file-descriptors.ts';

it('reckons with the sessions that a plan has open at once, a burst included', () => {
  // 130 a second for 122 s ÷ 25: 634 on average, and four times the root of that.
  expect(peakSockets(peakHour)).toBe(736);
  const burst = { burstFactor: 10, burstAtSecond: 5, burstSeconds: 5 };
  expect(peakSockets({ ...peakHour, load: { ...peakHour.load, ...burst } })).toBe(6_663);
  const storm = { ...peakHour.load, arrivals: 'orders' as const, ordersPerSecond: 400 };
  expect(peakSockets({ ...peakHour, load: storm })).toBe(480);
  const crowd = { ...storm, arrivals: 'crowd' as const };
  expect(peakSockets({ ...peakHour, load: crowd })).toBe(1_000);
  expect(peakSockets({ ...peakHour, load: { ...crowd, crowdPeople: 70 } })).toBe(70);
});

it('reads the limit of the process, where there is one', () => {
  const limits = (soft: string) =>
    `Limit  Soft Limit  Hard Limit  Units\nMax open files  ${soft}  1048576  files\n`;
  expect(descriptorLimit(limits('1024'))).toBe(1_024);
  expect(descriptorLimit(limits('unlimited'))).toBeNull();
  expect(descriptorLimit(null)).toBeNull();
});

it('says the number that is needed, what it is made of, and the command', () => {
  expect(descriptorMistakes(peakHour, 1_056)).toEqual([]);
  expect(descriptorMistakes(peakHour, null)).toEqual([]);
  expect(descriptorMistakes(peakHour, 1_055)).toEqual([
    'A process may open 1055 files here, and the generator of this plan needs 1056 at its peak: 736 sockets of shoppers, 256 connections, 64 of its own. Raise the limit with `ulimit -n 2048` in this shell, or lower the rate.',
  ]);
  // The usual limit of a shell is enough for a quick look.
  expect(descriptorMistakes(smoke, 1_024)).toEqual([]);
});

it('refuses a scenario before anything starts', { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'stampede-descriptors-'));
  const words = [process.execPath, join(repositoryRoot, 'scenarios/main.ts'), 'smoke', '--out', folder];
  const ended = spawnSync('sh', ['-c', 'ulimit -n 300; exec "$@"', 'sh', ...words], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  expect(ended.stderr).toMatch(/Nothing was started:\n {2}A process may open 300 files here/);
  expect(ended.status).toBe(3);
});
