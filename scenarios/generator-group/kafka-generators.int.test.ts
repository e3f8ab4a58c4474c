// Generators that join over a real broker, in a rehearsal from the command line to the page against a target that needs no other service.
// They are of this process, so that what is planted here is theirs, too; what they start is real.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { cellPath } from '../../reports/record/names.ts';
import { startGenerator } from '../cell/generators/one-generator.ts';
import { smoke } from '../questions/smoke.ts';
import { rehearseToy, smallRun, toyFolder } from '../targets/testing/toy-run.ts';
import { TOKEN_VARIABLE } from './gather.ts';
import { joinRehearsals } from './join-rehearsals.ts';
import { stampedeVersion } from './version.ts';

vi.mock('../targets/targets.ts', async () => {
  const { toyTarget } = await import('../targets/testing/toy-target.ts');
  return { targets: { toy: toyTarget() } };
});
vi.mock('../scenario/arrivals.ts', async (original) => {
  const { arrivalsOfRequests } = await import('../targets/testing/toy-target.ts');
  return arrivalsOfRequests(await original());
});
vi.mock('../cell/generators/one-generator.ts', async (original) => {
  const real = await original<typeof import('../cell/generators/one-generator.ts')>();
  return { ...real, startGenerator: vi.fn(real.startGenerator) };
});

const folder = toyFolder();
const brokers = process.env.STAMPEDE_TEST_KAFKA_BROKERS ?? '';
const toySmoke = { ...smoke, target: 'toy' };
const options = {
  generators: `kafka:2@${brokers}`,
  set: [...smallRun, 'load.leadInSeconds=1', 'generator.joinSeconds=150'],
};
const TOKEN = 'the token of this test';

let stop: AbortController;
beforeEach(() => {
  stop = new AbortController();
  vi.stubEnv(TOKEN_VARIABLE, TOKEN);
  vi.stubEnv('STAMPEDE_HOME', join(folder, 'home'));
});
afterEach(() => {
  stop.abort(new Error('the test is over'));
  vi.unstubAllEnvs();
});

/** One that joins whatever comes, and all that it says. */
function generator(name: string, token = TOKEN) {
  const said: string[] = [];
  const ended = stampedeVersion().then((version) =>
    joinRehearsals({
      options: { brokers: brokers.split(','), token, name, waitSeconds: 200, stays: false },
      version,
      say: (line) => void said.push(line),
      stop: stop.signal,
      monotonicMs: () => Number(process.hrtime.bigint()) / 1e6,
      wallMs: Date.now,
    }),
  );
  ended.catch(() => undefined);
  return { said, ended };
}

/** What there is of topics and groups of rehearsals' generators. */
async function leftOnBroker(): Promise<string[]> {
  const admin = new Kafka({ brokers: brokers.split(','), logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    const { groups } = await admin.listGroups();
    const names = [...(await admin.listTopics()), ...groups.map(({ groupId }) => groupId)];
    return names.filter((name) => /^stampede-m1_.*-(rehearsal|generators)/.test(name));
  } finally {
    await admin.disconnect();
  }
}

it('two that join run one plan as one, a stranger is sent away, and nothing stays behind', {
  timeout: 300_000,
}, async () => {
  const stranger = generator('stranger', 'a guess');
  const rehearsed = rehearseToy(toySmoke, options, folder);
  rehearsed.catch(() => undefined);
  // It is there first, and gives its place back.
  expect(await stranger.ended).toBe(3);
  expect(stranger.said.join('\n')).toContain('refused this generator: its token');
  const both = [generator('left'), generator('right')];
  const { result, directory, cells, said } = await rehearsed;
  const [cell] = result.cells;
  expect(cell?.generator).toMatchObject({ reasons: [], ok: true, droppedCount: 0 });
  expect(cell?.generator.startedCount).toBe(cell?.generator.plannedCount);
  const [planned] = cells;
  const plan = JSON.parse(
    readFileSync(join(directory, planned === undefined ? '' : cellPath(planned), 'plan.json'), 'utf8'),
  ) as { sessions: { startMs: number }[] };
  expect(cell?.generator.plannedCount).toBe(plan.sessions.filter(({ startMs }) => startMs >= 0).length);
  expect(cell?.audit[0]?.ok).toBe(true);
  expect(said).toMatch(/Generator \d of 2: left joined, clock [+−]\d+ ms/);
  expect(said).not.toContain(TOKEN);
  expect(await Promise.all(both.map(({ ended }) => ended))).toEqual([0, 0]);
  expect(said).toContain('Generator stranger was refused: its token is not that of the rehearsal');
  await expect.poll(leftOnBroker).toEqual([]);
});

it('one that is killed makes the run invalid, with its name', { timeout: 300_000 }, async () => {
  const real = vi.mocked(startGenerator).getMockImplementation();
  vi.mocked(startGenerator).mockImplementation(async (logFolder, how) => {
    const started = await real!(logFolder, how);
    if (!logFolder.endsWith('doomed')) return started;
    return {
      ...started,
      run: (input, listeners) =>
        started.run(input, {
          ...listeners,
          onSecond(row) {
            listeners.onSecond(row);
            if (row.second === 0) process.kill(started.pid, 'SIGKILL');
          },
        }),
    };
  });
  const [doomed, other] = [generator('doomed'), generator('other')];
  const { result } = await rehearseToy(toySmoke, options, folder);
  expect(result.verdict).toBe('INVALID');
  expect(result.exitCode).toBe(2);
  expect(result.cells[0]?.generator.reasons).toContainEqual(
    expect.stringMatching(/^Generator \d of 2 \(doomed\): .*ended \(signal SIGKILL\) before it was done/),
  );
  expect(result.cells[0]?.audit).toEqual([]);
  expect(await Promise.all([doomed.ended, other.ended])).toEqual([2, 0]);
  await expect.poll(leftOnBroker).toEqual([]);
});
