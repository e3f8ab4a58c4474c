// What a person sees while a rehearsal runs: on a terminal one calm block that repaints itself, elsewhere a line per phase
// and the last figures of each, and before a long one how long nothing will be said. It shows, it never measures.
import { createLogUpdate } from 'log-update';
import { wrapLines } from '../../reports/format/wrap.ts';
import { clockTime } from './clock-time.ts';
import { figureLines, type LiveFigures } from './live-figures.ts';

export type View = {
  /** Opens a phase; `expectedSeconds` gives the time left, null where nobody knows. */
  phase(name: string, expectedSeconds: number | null): void;
  /** What the phase is doing now. */
  detail(text: string): void;
  figures(figures: LiveFigures): void;
  /** A line that stays. */
  say(text: string): void;
  /** A fault of the scenario strikes now, or (`isOver`) has struck, and what would be restarted is ready again. */
  fault(name: string, isOver: boolean): void;
  close(): void;
};

const REPAINT_MS = 200;
/** Longer silences are announced. */
const QUIET_SECONDS = 5;
const BAR_WIDTH = 24;

type ViewState = {
  phase: string;
  phaseStartedMs: number;
  expectedSeconds: number | null;
  detail: string;
  figures: LiveFigures | null;
};

/** The block of the moment, line by line. */
export function renderBlock(state: ViewState, nowMs: number): string[] {
  const elapsedSeconds = (nowMs - state.phaseStartedMs) / 1_000;
  const lines = [phaseLine(state, elapsedSeconds)];
  if (state.detail !== '') lines.push(`  ${state.detail}`);
  if (state.figures !== null) lines.push(...figureLines(state.figures));
  return lines;
}

function phaseLine(state: ViewState, elapsedSeconds: number): string {
  if (state.expectedSeconds === null) return `▸ ${state.phase}  ${clockTime(elapsedSeconds)} so far`;
  const ratio = Math.min(1, elapsedSeconds / Math.max(1, state.expectedSeconds));
  const filled = Math.round(ratio * BAR_WIDTH);
  const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
  return `▸ ${state.phase}  ${bar}  ${clockTime(state.expectedSeconds - elapsedSeconds)} left`;
}

const noPhase = (nowMs: number): ViewState => ({
  phase: '',
  phaseStartedMs: nowMs,
  expectedSeconds: null,
  detail: '',
  figures: null,
});

/** A repainting view on a terminal; on anything else, and in CI, plain lines with the last figures of each phase. */
export function createView(stream: NodeJS.WriteStream, nowMs: () => number): View {
  const paint = stream.isTTY && process.env.CI === undefined ? createLogUpdate(stream) : null;
  let state = noPhase(nowMs());
  const repaint = (): void => paint?.(wrapLines(renderBlock(state, nowMs()).join('\n'), stream.columns));
  const timer = paint === null ? undefined : setInterval(repaint, REPAINT_MS).unref();
  function write(lines: readonly string[]): void {
    paint?.clear();
    stream.write(`${wrapLines(lines.join('\n'), stream.columns)}\n`);
  }
  function finishPhase(): void {
    if (state.phase === '') return;
    const figures = paint === null && state.figures !== null ? figureLines(state.figures) : [];
    write([finishedLine(state, nowMs()), ...figures]);
  }
  return {
    phase(name, expectedSeconds) {
      finishPhase();
      state = { ...noPhase(nowMs()), phase: name, expectedSeconds };
      if (paint === null && expectedSeconds !== null && expectedSeconds > QUIET_SECONDS)
        write([`▸ ${name}  about ${clockTime(expectedSeconds)}`]);
      repaint();
    },
    detail(text) {
      state.detail = text;
    },
    figures(figures) {
      state.figures = figures;
    },
    say: (text) => write([text]),
    fault: (name, isOver) => write([`! ${name} ${isOver ? 'has struck' : 'strikes'}`]),
    close() {
      clearInterval(timer);
      finishPhase();
      state = noPhase(nowMs());
      paint?.clear();
    },
  };
}

function finishedLine(state: ViewState, nowMs: number): string {
  return `· ${state.phase}  ${((nowMs - state.phaseStartedMs) / 1_000).toFixed(1)} s`;
}
