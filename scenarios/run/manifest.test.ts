import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { currentCommit } from '../data/checkout.ts';
import { kafkaOnOff } from '../questions/kafka-on-off.ts';
import { peakHour } from '../questions/peak-hour.ts';
import { notesOf } from './manifest.ts';

it('notes of a comparison say what each level asks, of every transport, and no session’s figures', () => {
  const notes = notesOf(kafkaOnOff, 'nice', 1_000).join(' ');
  expect(notes).toContain(
    '100 orders/s for 6 s (light), 750 orders/s for 6 s (near), 1500 orders/s for 6 s (over)',
  );
  expect(notes).toContain('100 orders/s for 12 s, 3000/s for 10 s of them (burst)');
  expect(notes).toContain('a standing crowd of 1000 to 6000');
  expect(notes).not.toContain('api-kill');
  expect(notes).toContain('later than 5 ms (light), 20 ms (near), 50 ms (over)');
  expect(notes).toContain('Behind Kafka');
  expect(notes).toContain('Without Kafka');
  expect(notes).not.toMatch(/sessions\/s|Think times/);
});

it('notes of a funnel say its rate, its think times and its one transport', () => {
  const notes = notesOf(peakHour, 'nice').join(' ');
  expect(notes).toContain(
    `${peakHour.load.sessionsPerSecond} sessions/s for ${peakHour.load.durationSeconds} s`,
  );
  expect(notes).toContain('Think times are compressed 25×');
  expect(notes).not.toContain('Without Kafka');
});

it('tells the commit of a checkout, and none of the repository that a copy lies in', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stampede-commit-'));
  // As from a shell, also where a hook of git has started the tests.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));
  const git = (...words: string[]) => spawnSync('git', words, { cwd: folder, env, encoding: 'utf8' });
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@b.c'];
  try {
    git('init', '-q');
    expect(git(...identity, 'commit', '-q', '--allow-empty', '-m', 'First').status).toBe(0);
    const head = git('rev-parse', 'HEAD').stdout.trim();
    expect(await currentCommit(folder)).toEqual({ commit: head, isDirty: false, changesHash: null });
    const inside = join(folder, 'vendor', 'stampede');
    mkdirSync(inside, { recursive: true });
    expect(await currentCommit(inside)).toEqual({ commit: null, isDirty: false, changesHash: null });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
