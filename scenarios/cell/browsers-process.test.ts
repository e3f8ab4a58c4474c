import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startBrowsers } from './browsers-process.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stampede-browsers-'));
  vi.stubEnv('STAMPEDE_HOME', join(folder, 'home'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const notes: string[] = [];
const input = () => ({
  logFolder: folder,
  storefrontUrl: 'http://127.0.0.1:9',
  personIds: [1],
  seed: 1,
  onView: () => undefined,
  onAttempt: () => undefined,
  onNote: (sentence: string) => void notes.push(sentence),
});

it('is not started where there is no Chromium, which is said with what to do', async () => {
  vi.stubEnv('CHROMIUM_PATH', join(folder, 'nowhere'));
  await expect(startBrowsers(input())).rejects.toThrow(
    `load.browsers=1: found no Chromium at ${join(folder, 'nowhere')}, needed one: apt-get install chromium`,
  );
});

it('a browser that cannot go on is said, and neither ends the run nor holds it up', async () => {
  vi.stubEnv('CHROMIUM_PATH', '/bin/false');
  const browsers = await startBrowsers(input());
  browsers.walk(Number(process.hrtime.bigint()) / 1e6, 60_000);
  await vi.waitFor(() => expect(notes).toHaveLength(1), { timeout: 30_000 });
  expect(await browsers.finished()).toEqual([]);
  await browsers.stop();
  expect(notes).toEqual([expect.stringMatching(/^The browser could not go on: .+; see .+browsers\.log$/)]);
});
