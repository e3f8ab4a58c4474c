import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { expect, it, vi } from 'vitest';
import { clockTime } from './clock-time.ts';
import { figureLines, type LiveFigures } from './live-figures.ts';
import { createView, renderBlock } from './live-view.ts';

const figures: LiveFigures = {
  totals: { sessionsPlanned: 600, sessionsStarted: 598, ordersConfirmed: 21, requestsFailed: 0 },
  gauges: { sessionsActive: 120, kafkaLagCount: 3 },
  cpuRatios: { api: 0.42, postgres: 0.2, generator: 0.31 },
  live: { 'http.response': { p50Ms: 3.14, p99Ms: 41.7 } },
  last: { second: 0, counts: {}, whereabouts: null },
};

it('shows the time left of a phase whose length is known, and the time so far of any other', () => {
  const state = { phase: 'rehearsing', phaseStartedMs: 0, expectedSeconds: 60, detail: '', figures: null };
  expect(renderBlock(state, 15_000)[0]).toBe('▸ rehearsing  ██████░░░░░░░░░░░░░░░░░░  0:45 left');
  expect(renderBlock({ ...state, expectedSeconds: null }, 15_000)[0]).toBe('▸ rehearsing  0:15 so far');
});

it('shows what was planned beside what happened, and a dash where nothing was measured', () => {
  const text = figureLines(figures).join('\n');
  expect(text).toContain('sessions  planned 600 · started 598 · active 120');
  expect(text).toContain('HTTP      p50 3.1 ms · p99 42 ms · failed 0');
  expect(text).toContain('confirmed 21 · p50 – · p99 – · lag 3');
  expect(text).toContain('api 42 % · generator 31 % · postgres 20 %');
});

it('says how many people have signed up where some were to', () => {
  expect(figureLines(figures).join('\n')).not.toContain('people');
  const growing = figureLines({
    ...figures,
    totals: { ...figures.totals, signUpsPlanned: 15, signUpsConfirmed: 14 },
  });
  expect(growing.join('\n')).toContain('people    signed up 14 of 15 planned so far');
});

it('writes one line per phase where there is no terminal, with the last figures', () => {
  const stream = new PassThrough();
  let nowMs = 0;
  const view = createView(stream as unknown as NodeJS.WriteStream, () => nowMs);
  view.phase('warming up', null);
  nowMs = 2_500;
  view.phase('rehearsing', 60);
  view.figures({ ...figures, totals: { sessionsStarted: 1 } });
  view.figures(figures);
  nowMs = 62_500;
  view.close();
  view.close();
  const lines = String(stream.read()).trimEnd().split('\n');
  expect(lines.slice(0, 3)).toEqual([
    '· warming up  2.5 s',
    '▸ rehearsing  about 1:00',
    '· rehearsing  60.0 s',
  ]);
  expect(lines).toHaveLength(7);
  expect(lines[3]).toContain('started 598');
});

it.each([80, 120])('breaks what it says at words on a terminal of %i columns', (columns) => {
  const stream = Object.assign(new PassThrough(), { columns });
  const view = createView(stream as unknown as NodeJS.WriteStream, () => 0);
  const sentence = `! ${'This machine is noisy and that is said in many words. '.repeat(4).trim()}`;
  view.say(sentence);
  const lines = String(stream.read()).trimEnd().split('\n');
  expect(lines.length).toBeGreaterThan(1);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
  expect(lines.map((line) => line.trim()).join(' ')).toBe(sentence);
});

it('says that a fault strikes, and that it has struck', () => {
  const stream = new PassThrough();
  const view = createView(stream as unknown as NodeJS.WriteStream, () => 0);
  view.fault('api-kill', false);
  view.fault('api-kill', true);
  expect(String(stream.read())).toBe('! api-kill strikes\n! api-kill has struck\n');
});

it('repaints one block on a terminal, and leaves a line per phase', () => {
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 120, rows: 40 });
  vi.stubEnv('CI', undefined);
  const view = createView(stream as unknown as NodeJS.WriteStream, () => 2_500);
  view.phase('rehearsing', 60);
  view.say('a line that stays');
  view.close();
  vi.unstubAllEnvs();
  const text = stripVTControlCharacters(String(stream.read()));
  expect(text).toContain('▸ rehearsing  ░░░░░░░░░░░░░░░░░░░░░░░░  1:00 left');
  expect(text).toMatch(/a line that stays\n· rehearsing {2}0\.0 s\n$/);
});

it.each([80, 120])('breaks the block at words, never within one, on a terminal of %i columns', (columns) => {
  vi.useFakeTimers();
  vi.stubEnv('CI', undefined);
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns, rows: 40 });
  const view = createView(stream as unknown as NodeJS.WriteStream, () => 0);
  const names = [
    'api',
    'behaviour-consumer',
    'cache-worker',
    'generator',
    'kafka',
    'orders-consumer',
    'postgres',
  ];
  const cpuRatios = Object.fromEntries([...names, 'recommender', 'rehearsal'].map((name) => [name, 0.42]));
  view.phase('rehearsing', 60);
  view.figures({ ...figures, cpuRatios });
  stream.read();
  vi.advanceTimersByTime(200);
  const painted = stripVTControlCharacters(String(stream.read()));
  view.close();
  vi.useRealTimers();
  vi.unstubAllEnvs();
  for (const line of painted.split('\n')) expect(line.length).toBeLessThanOrEqual(columns);
  const words = painted.replace(/\s+/g, ' ');
  for (const name of names) expect(words).toContain(`${name} 42 %`);
});

it('writes durations as minutes and seconds', () => {
  expect([clockTime(0), clockTime(59.2), clockTime(125), clockTime(-3)]).toEqual([
    '0:00',
    '1:00',
    '2:05',
    '0:00',
  ]);
});

it('says nothing of orders where nobody is to order, whose counts no row carries', () => {
  const { ordersConfirmed: _, ...totals } = figures.totals;
  const looking = figureLines({ ...figures, totals, gauges: { sessionsActive: 120, kafkaLagCount: null } });
  expect(looking.join('\n')).not.toContain('orders');
  expect(looking.join('\n')).toContain('HTTP      p50 3.1 ms');
});
