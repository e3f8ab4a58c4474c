// OpenSearch for the tests that need one: the one that OPENSEARCH_URL names, else one of their own.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { watchForTheEnd } from '../programs/programs-of-this-process.ts';
import { stampedeHome } from '../programs/state-directory.ts';
import { startOpensearch } from '../services/opensearch.ts';

/** Vitest's global set-up; gives its tear-down. */
export default async function setup(): Promise<() => Promise<void>> {
  if (process.env.OPENSEARCH_URL) {
    process.env.STAMPEDE_TEST_OPENSEARCH_URL = process.env.OPENSEARCH_URL;
    return async () => undefined;
  }
  const dataDirectory = mkdtempSync(join(tmpdir(), 'stampede-opensearch-'));
  chmodSync(dataDirectory, 0o755);
  watchForTheEnd();
  const removeData = () => rmSync(dataDirectory, { recursive: true, force: true });
  process.once('exit', removeData);
  const started = await startOpensearch({
    home: stampedeHome(),
    dataDirectory,
    signal: new AbortController().signal,
    report: (_state, detail) => console.error(detail),
  });
  process.env.STAMPEDE_TEST_OPENSEARCH_URL = started.url;
  return async () => {
    for (const program of started.programs) await program.stop();
    removeData();
  };
}
