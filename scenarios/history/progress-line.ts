// The progress of a history on the screen: one line that repaints itself on a terminal, elsewhere a line every few seconds.
import { createLogUpdate } from 'log-update';
import { formatNumber } from '../../reports/format/format.ts';
import type { HistoryProgress } from '../../sim/history/load/load-history.ts';

const BAR_WIDTH = 24;
const REPAINT_MS = 100;
const QUIET_MS = 5_000;

/** The progress in one line. */
export function progressText(progress: HistoryProgress): string {
  const { phase, doneRatio, simulatedDate, rowCount, rowsPerSecond, leftSeconds } = progress;
  const filled = Math.round(doneRatio * BAR_WIDTH);
  const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}`;
  if (phase !== 'rows') return `${bar} ${formatNumber(rowCount)} rows stored · ${phase}`;
  const left = leftSeconds === null ? '' : ` · ${Math.ceil(leftSeconds)} s left`;
  return `${bar} ${simulatedDate} · ${formatNumber(rowCount)} rows · ${formatNumber(Math.round(rowsPerSecond))} rows/s${left}`;
}

/** Shows progress until `close`. */
export function createProgressLine(stream: NodeJS.WriteStream, monotonicMs: () => number) {
  const update = stream.isTTY ? createLogUpdate(stream) : null;
  let shownMs = -Infinity;
  let shownPhase = '';
  return {
    show: (progress: HistoryProgress): void => {
      const now = monotonicMs();
      const isDue = now - shownMs >= (update === null ? QUIET_MS : REPAINT_MS);
      if (!isDue && progress.phase === shownPhase) return;
      if (update === null && !isDue) return;
      shownMs = now;
      shownPhase = progress.phase;
      if (update === null) stream.write(`${progressText(progress)}\n`);
      else update(progressText(progress));
    },
    close: (): void => update?.clear(),
  };
}
