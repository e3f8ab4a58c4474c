// The workflow is an example that people copy: what it runs must exist and parse, and its gates must close.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';

type Step = { name?: string; uses?: string; run?: string; if?: string; with?: Record<string, unknown> };
type Job = { if?: string; steps: Step[] };
const ROOT = join(import.meta.dirname, '..', '..');
const { jobs } = parse(readFileSync(join(import.meta.dirname, 'github-actions.yml'), 'utf8')) as {
  jobs: { smoke: Job; regression: Job };
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stampede-workflow-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The words behind `npm run SCRIPT --`, in the order of the job. */
const commandsOf = ({ steps }: Job) =>
  steps.flatMap(({ run = '' }) =>
    [...run.matchAll(/npm run (\w+) -- (.+)/g)].map(([, script = '', words = '']) => ({ script, words })),
  );

/** Runs an npm script's own command with these words, in a folder of its own. */
function runScript(script: string, words: string) {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  expect(scripts).toHaveProperty(script);
  const entry = scripts[script]?.split(' ').at(-1) ?? '';
  return spawnSync(process.execPath, [join(ROOT, entry), ...words.split(' ')], {
    cwd: folder,
    encoding: 'utf8',
  });
}

test('the jobs are these, in this order', () => {
  expect(commandsOf(jobs.smoke)).toEqual([
    { script: 'stack', words: 'doctor' },
    { script: 'scenario', words: 'smoke' },
  ]);
  expect(commandsOf(jobs.regression)).toEqual([
    { script: 'scenario', words: 'regression' },
    { script: 'baseline', words: 'save base --out ../base.json' },
    { script: 'scenario', words: 'regression --baseline base.json' },
  ]);
});

test('every rehearsal that it starts can be planned', { timeout: 60_000 }, () => {
  for (const { words } of [...commandsOf(jobs.smoke), ...commandsOf(jobs.regression)].filter(
    ({ script }) => script === 'scenario',
  )) {
    const [own = '', baseline] = words.split(' --baseline ');
    const { status, stdout, stderr } = runScript('scenario', `${own} --dry-run`);
    expect(status, stderr).toBe(0);
    expect(stdout).toContain('Nothing was started.');
    if (baseline === undefined) continue;
    // Its baseline is made by the step before; without it a dry run is refused as the run would be.
    const gated = runScript('scenario', `${words} --dry-run`);
    expect(gated.status, gated.stdout).toBe(3);
    expect(gated.stderr).toContain(`found no run, baseline or file "${baseline}"`);
  }
});

test('a file is named where the jars are known by it', () => {
  const hashed = JSON.stringify(jobs).match(/hashFiles\('([^']+)'\)/)?.[1] ?? '';
  expect(existsSync(join(ROOT, hashed)), hashed).toBe(true);
});

test('the baseline that is saved is the one that is read, once there is a run', { timeout: 60_000 }, () => {
  const [, save] = commandsOf(jobs.regression);
  const { status, stderr } = runScript('baseline', save?.words ?? '');
  // It understood its words: what it misses is a run.
  expect(status).toBe(3);
  expect(stderr).toContain('found no run in runs/');
});

describe.each(Object.entries(jobs))('job %s', (_name, job) => {
  const summary = job.steps.findIndex(({ name }) => name === 'Summary');

  test('fails with its rehearsal, and keeps the page all the same', () => {
    const before = job.steps.slice(0, summary);
    expect(before.at(-1)?.run).toMatch(/^npm run scenario -- /);
    for (const step of before) {
      expect(step.if).toBeUndefined();
      expect(step).not.toHaveProperty('continue-on-error');
      // A pipe or an "or" would hide the exit code that is the gate.
      if (step.run?.startsWith('npm run')) expect(step.run).not.toMatch(/[|;]/);
    }
    const after = job.steps.slice(summary);
    expect(after.map((step) => step.if)).toEqual(['always()', 'always()']);
    expect(after.at(-1)).toMatchObject({ with: { path: 'runs/latest/' } });
  });

  test('shows the run’s summary, or that there is none', () => {
    const script = job.steps[summary]?.run ?? '';
    const file = join(folder, 'step-summary');
    const summarise = () => {
      writeFileSync(file, '');
      const env = { ...process.env, GITHUB_STEP_SUMMARY: file };
      expect(spawnSync('bash', ['-e', '-c', script], { cwd: folder, env }).status).toBe(0);
      return readFileSync(file, 'utf8');
    };
    expect(summarise()).toContain('ended before it had a result');
    mkdirSync(join(folder, 'runs/latest'), { recursive: true });
    writeFileSync(join(folder, 'runs/latest/summary.md'), '# PASS\n');
    expect(summarise()).toBe('# PASS\n');
  });
});
