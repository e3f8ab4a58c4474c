// A rehearsal against the toy target, from the command line to the page, for the tests that plant something: one small run in a folder of
// its own. The planting itself (vi.mock) stands in each test's file, where Vitest needs it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, vi } from 'vitest';
import { readCommandLine } from '../../ask/command-line.ts';
import { createView } from '../../cell/live-view.ts';
import type { ScenarioOptions } from '../../run/asked.ts';
import { type Rehearsed, rehearse } from '../../run/rehearse.ts';

import type { Scenario } from '../../scenario/scenario.ts';
import { unhurriedGenerator } from '../../testing.ts';

const CORE_COUNT = 2;

/** Five seconds of a small shop, nothing before and little after. */
export const smallRun: readonly string[] = [
  'data.people=1000',
  'data.products=500',
  'data.days=20',
  'load.sessionsPerSecond=20',
  'load.durationSeconds=5',
  'load.leadInSeconds=0',
  'load.drainSeconds=1',
  'load.warmUpOrders=0',
  ...unhurriedGenerator,
];

/** A folder for the runs of this file, which is the temporary one too, so that no lock is shared; it goes with the last test. */
export function toyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stampede-toy-'));
  beforeAll(() => {
    vi.stubEnv('TMPDIR', folder);
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });
  return folder;
}

/** What a person's command comes to, before anything starts. */
export const askToy = (scenario: Scenario, options: ScenarioOptions, folder: string) =>
  readCommandLine([scenario], scenario.name, options, folder, CORE_COUNT);

export type ToyRun = Rehearsed & {
  scenario: Scenario;
  cells: Parameters<typeof rehearse>[0]['cells'];
  /** All that the terminal said. */
  said: string;
};

/** Runs it to its end. @throws Error with the mistakes of a command that is none */
export async function rehearseToy(
  scenario: Scenario,
  options: ScenarioOptions,
  folder: string,
): Promise<ToyRun> {
  const asked = askToy(scenario, options, folder);
  if (asked.kind === 'mistakes') throw new Error(asked.mistakes.join(' '));
  const written: string[] = [];
  const screen = new Writable({
    write(chunk, _encoding, done) {
      written.push(`${chunk}`);
      done();
    },
  });
  const monotonicMs = () => Number(process.hrtime.bigint()) / 1e6;
  const view = createView(screen as unknown as NodeJS.WriteStream, monotonicMs);
  const rehearsed = await rehearse({
    ...asked,
    baseline: null,
    coreCount: CORE_COUNT,
    runsFolder: folder,
    view,
    stop: new AbortController().signal,
    monotonicMs,
  });
  view.close();
  return { ...rehearsed, scenario: asked.scenario, cells: asked.cells, said: written.join('\n') };
}
