// Shows a person how the stack comes up: a live block on a terminal, else one plain line for each change.
import { createLogUpdate } from 'log-update';
import { fitTerminal } from '../programs/fit-terminal.ts';
import { type AnyServiceName, SERVICE_NAMES, type StackProgress } from '../services/stack-service.ts';

const REPAINT_MS = 100;

export type ProgressDisplay = {
  onProgress(progress: StackProgress): void;
  /** A line that stays above the live block. */
  log(line: string): void;
  /** Stops painting; what is on the screen stays there. */
  close(): void;
};

/** The display that fits the stream: live where it is a terminal with a size. */
export function createProgressDisplay(stream: NodeJS.WriteStream): ProgressDisplay {
  return stream.isTTY && stream.rows > 0
    ? liveDisplay(stream)
    : plainDisplay((line) => stream.write(`${line}\n`));
}

/** One line for each change that says something; looking around does not. */
export function plainDisplay(write: (line: string) => void): ProgressDisplay {
  return {
    onProgress(progress) {
      if (progress.state !== 'checking') write(progressLine(progress));
    },
    log: write,
    close: () => undefined,
  };
}

/** `postgres  starting     PostgreSQL 18 on port 25217`; a wait longer than a second says how long. */
export function progressLine(
  { service, state, detail, elapsedMs }: StackProgress,
  nowMs = elapsedMs,
): string {
  const mark = state === 'ready' || state === 'found' ? '✓' : '·';
  const waited = mark === '·' && nowMs >= 1_000 ? `  ${(nowMs / 1_000).toFixed(0)} s` : '';
  return `${mark} ${service.padEnd(9)} ${state.padEnd(12)} ${detail}${waited}`;
}

function liveDisplay(stream: NodeJS.WriteStream): ProgressDisplay {
  const update = createLogUpdate(stream);
  const latest = new Map<AnyServiceName, StackProgress>();
  const startedMs = performance.now();
  const paint = () => {
    const shown = [...SERVICE_NAMES, 'opensearch' as const].flatMap((name) => latest.get(name) ?? []);
    update(shown.map((progress) => progressLine(progress, performance.now() - startedMs)).join('\n'));
  };
  const timer = setInterval(paint, REPAINT_MS);
  timer.unref();
  return {
    onProgress: (progress) => void latest.set(progress.service, progress),
    log(line) {
      update.clear();
      stream.write(`${fitTerminal(line, stream.columns)}\n`);
      paint();
    },
    close() {
      clearInterval(timer);
      paint();
      update.done();
    },
  };
}
