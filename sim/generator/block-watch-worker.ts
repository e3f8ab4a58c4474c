// The thread that watches the main one (block-watch.ts). While that one is blocked nothing can be printed through it.
import { writeSync } from 'node:fs';
import { type Debugger, Session } from 'node:inspector';
import { basename, dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { workerData } from 'node:worker_threads';
import type { AtWork } from '../adapters/your-shop/fault.ts';
import { AT_WORK, BEATS, BEGUN, ON_BLOCKED, type WatchSettings } from './block-watch.ts';

/** In native code no debugger can halt it. */
const HALT_WITHIN_MS = 3_000;
const STDERR = 2;

const { cells, file, limitMs, beatMs } = workerData as WatchSettings;
let lastBeat = -1;
let lastTickMs = performance.now();
let beatenAtMs = lastTickMs;
let isReporting = false;

// It goes on also after a report: its messages come only as long as this thread has something to wait for.
setInterval(() => {
  const nowMs = performance.now();
  const beat = Atomics.load(cells, BEATS);
  // When this thread did not run either, it is the machine that stood still.
  const stoodStill = nowMs - lastTickMs > limitMs / 2;
  lastTickMs = nowMs;
  if (beat !== lastBeat || stoodStill) {
    lastBeat = beat;
    beatenAtMs = nowMs;
  } else if (!isReporting && nowMs - beatenAtMs >= limitMs && Atomics.load(cells, BEGUN) !== 0) {
    isReporting = true;
    report();
  }
}, beatMs);

function report(): void {
  const session = new Session();
  session.connectToMainThread();
  const urls = new Map<string, string>();
  session.on('Debugger.scriptParsed', ({ params }) => urls.set(params.scriptId, params.url));
  session.on('Debugger.paused', ({ params: { callFrames } }) => {
    const [innermost] = callFrames;
    if (innermost === undefined) return giveUp();
    const message = JSON.stringify(sentence(whereIs(callFrames, urls)));
    session.post('Debugger.evaluateOnCallFrame', {
      callFrameId: innermost.callFrameId,
      expression: `globalThis[Symbol.for('${ON_BLOCKED}')](${message})`,
    });
  });
  session.post('Debugger.enable', () => session.post('Debugger.pause'));
  setTimeout(giveUp, HALT_WITHIN_MS);
}

type Where = { atWork: AtWork | null; place: string };

/** The innermost frame in the file, and the verb that it is in where a function of that name is among its callers. */
function whereIs(frames: readonly Debugger.CallFrame[], urls: ReadonlyMap<string, string>): Where {
  const own = frames.filter(({ location }) => pathOf(urls.get(location.scriptId)) === file);
  const [inner] = own;
  const named = own.findLast(({ functionName }) => AT_WORK.some((atWork) => atWork === functionName));
  const begun = AT_WORK[Atomics.load(cells, BEGUN)] ?? null;
  const atWork =
    AT_WORK.find((candidate) => candidate !== null && candidate === named?.functionName) ?? begun;
  if (inner !== undefined) return { atWork, place: `${basename(file)}:${inner.location.lineNumber + 1}` };
  const other = frames.find(({ location }) => pathOf(urls.get(location.scriptId)) !== null);
  const path = other === undefined ? null : pathOf(urls.get(other.location.scriptId));
  if (other === undefined || path === null) return { atWork, place: basename(file) };
  return { atWork, place: `${relative(dirname(file), path)}:${other.location.lineNumber + 1}` };
}

function pathOf(url: string | undefined): string | null {
  return url?.startsWith('file:') ? fileURLToPath(url) : null;
}

function sentence({ atWork, place }: Where): string {
  return (
    `${atWork ?? basename(file)} (${place}): it has kept the process busy for ${limitMs / 1_000} s without a pause, needed is code ` +
    'that lets others go on. Look for a loop without end there, and await what takes time.'
  );
}

function giveUp(): void {
  const atWork = AT_WORK[Atomics.load(cells, BEGUN)] ?? null;
  writeSync(STDERR, `${sentence({ atWork, place: basename(file) })}\n`);
  process.kill(process.pid, 'SIGKILL');
}
