// A folder for one test file's runs, removed when its tests are done.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** Makes the folder and registers its removal. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stampede-reports-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
