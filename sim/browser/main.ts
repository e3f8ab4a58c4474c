// The program of the browsers: forked with IPC, opens Chromium with a window for each person, walks from `walk` to the end of the
// measured span, and ends. When its parent goes away it ends at once, and Chromium with it.
import { setTimeout as delay } from 'node:timers/promises';
import { type Browser, chromium } from 'playwright-core';
import type { BrowsersInput, FromBrowsers, ToBrowsers } from './protocol.ts';
import { openWindow } from './window.ts';

/** 1 belongs to commands that judge: a limit was missed. */
const EXIT_FAILED = 3;
/** For what is on its way to a window when the span ends. */
const SETTLE_MS = 1_500;
/** Longer than any lead-in. */
const MOST_WAIT_MS = 3_600_000;

const end = new AbortController();
const walkable = Promise.withResolvers<Extract<ToBrowsers, { type: 'walk' }>>();
let spanStartMs = Number.POSITIVE_INFINITY;
let lastPosted: Promise<void> = Promise.resolve();
let isOpened = false;

const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6;

function post(message: FromBrowsers): void {
  lastPosted = new Promise((resolve) => {
    // A message that cannot be delivered means that the parent is gone, and `disconnect` ends the process.
    process.send?.(message, undefined, undefined, () => resolve());
  });
}

async function run({ chromium: program, storefrontUrl, people, seed, lookMs }: BrowsersInput): Promise<void> {
  const browser: Browser = await chromium.launch({
    executablePath: program.path,
    args: [...program.args],
    handleSIGINT: false,
  });
  try {
    const origin = new URL(storefrontUrl).origin;
    const sinceSpanMs = () => monotonicMs() - spanStartMs;
    // One after the other: their passwords cost the shop a tenth of a second each, before anything is measured.
    const windows = [];
    for (const person of people)
      windows.push(await openWindow({ browser, origin, person, seed, lookMs, sinceSpanMs, post }));
    const ended = new Promise((resolve) => end.signal.addEventListener('abort', resolve, { once: true }));
    await Promise.race([walkable.promise, ended]);
    await delay(Math.max(0, Math.min(spanStartMs - monotonicMs(), MOST_WAIT_MS)), undefined, {
      signal: end.signal,
    }).catch(() => undefined);
    await Promise.all(windows.map((window) => window.walk(end.signal)));
    await delay(SETTLE_MS);
    for (const window of windows) await window.close();
  } finally {
    await browser.close();
  }
}

async function runToEnd(input: BrowsersInput): Promise<void> {
  try {
    await run(input);
    post({ type: 'done' });
    await lastPosted;
    process.exit(0);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    post({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
    await lastPosted;
    process.exit(EXIT_FAILED);
  }
}

function walkUntil(message: Extract<ToBrowsers, { type: 'walk' }>): void {
  spanStartMs = message.spanStartMonotonicMs;
  const untilEndMs = spanStartMs + message.durationMs - monotonicMs();
  setTimeout(() => end.abort(), Math.max(0, untilEndMs));
  walkable.resolve(message);
}

if (process.send === undefined) {
  process.stderr.write('sim/browser/main.ts is started by a rehearsal (--browsers 1), not by hand\n');
  process.exitCode = EXIT_FAILED;
} else {
  process.on('disconnect', () => process.exit(EXIT_FAILED));
  process.on('message', (message: ToBrowsers) => {
    if (message.type === 'stop') end.abort();
    else if (message.type === 'walk') walkUntil(message);
    else if (!isOpened) {
      isOpened = true;
      void runToEnd(message.input);
    }
  });
}
