// The workflow is an example that people copy: what it runs must exist, and its gate must close.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';

type Step = { name?: string; uses?: string; run?: string; if?: string; with?: Record<string, unknown> };
const ROOT = join(import.meta.dirname, '..', '..');
const workflow = parse(readFileSync(join(import.meta.dirname, 'github-actions.yml'), 'utf8')) as {
  jobs: { smoke: { steps: Step[] } };
};
const { steps } = workflow.jobs.smoke;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stampede-workflow-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('every npm script, scenario and file that it names is there', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const called = steps.flatMap(({ run = '' }) => [...run.matchAll(/npm run (\w+) -- (\w+)/g)]);
  expect(called.map(([, script, word]) => `${script} ${word}`)).toEqual(['stack doctor', 'scenario smoke']);
  for (const [, script = ''] of called) expect(scripts).toHaveProperty(script);
  expect(existsSync(join(ROOT, 'scenarios/smoke.ts'))).toBe(true);
  const hashed = JSON.stringify(steps).match(/hashFiles\('([^']+)'\)/)?.[1] ?? '';
  expect(existsSync(join(ROOT, hashed)), hashed).toBe(true);
});

test('a crossed limit fails the job, and the page is kept all the same', () => {
  const rehearsal = steps.findIndex(({ run }) => run === 'npm run scenario -- smoke');
  expect(steps[rehearsal]?.if).toBeUndefined();
  expect(steps[rehearsal]).not.toHaveProperty('continue-on-error');
  const after = steps.slice(rehearsal + 1);
  expect(after.map((step) => step.if)).toEqual(['always()', 'always()']);
  expect(after.at(-1)).toMatchObject({ with: { path: 'runs/latest/' } });
});

test('the job’s summary is the run’s, or says that there is none', () => {
  const script = steps.find(({ name }) => name === 'Summary')?.run ?? '';
  const file = join(folder, 'step-summary');
  const summarise = () => {
    writeFileSync(file, '');
    const env = { ...process.env, GITHUB_STEP_SUMMARY: file };
    expect(spawnSync('bash', ['-e', '-c', script], { cwd: folder, env }).status).toBe(0);
    return readFileSync(file, 'utf8');
  };
  expect(summarise()).toContain('ended before it had a result');
  mkdirSync(join(folder, 'runs/latest'), { recursive: true });
  writeFileSync(join(folder, 'runs/latest/summary.md'), '# smoke: PASS\n');
  expect(summarise()).toBe('# smoke: PASS\n');
});
