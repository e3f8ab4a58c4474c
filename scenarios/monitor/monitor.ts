// Looks once a second and draws: in place on a terminal; elsewhere a line for each refresh, and for whatever goes away or
// comes back.
import { setTimeout as delay } from 'node:timers/promises';
import { createLogUpdate } from 'log-update';
import { changeKey, kindsLine, type Look, monitorLine } from './monitor-line.ts';

const EVERY_MS = 1_000;

/** Goes on until the signal aborts, whatever is away meanwhile. */
export async function monitor(deps: {
  look: () => Promise<Look>;
  display: MonitorDisplay;
  signal: AbortSignal;
}): Promise<void> {
  const { look, display, signal } = deps;
  try {
    while (!signal.aborted) {
      const next = delay(EVERY_MS, undefined, { signal }).catch(() => undefined);
      const found = await look();
      if (!signal.aborted) display.show(found);
      await next;
    }
  } finally {
    display.close();
  }
}

export type MonitorDisplay = { show(look: Look): void; close(): void };

/** The display that fits the stream: in place where it is a terminal with a size. */
export function createMonitorDisplay(stream: NodeJS.WriteStream): MonitorDisplay {
  if (!stream.isTTY || !(stream.rows > 0)) return plainDisplay(stream);
  const update = createLogUpdate(stream);
  return {
    show: (look) => update([monitorLine(look), kindsLine(look)].filter(Boolean).join('\n')),
    close: () => update.done(),
  };
}

/** Lines that stay. */
export function plainDisplay(stream: Pick<NodeJS.WriteStream, 'write'>): MonitorDisplay {
  let shown = '';
  return {
    show(look) {
      const key = changeKey(look);
      if (key === shown) return;
      shown = key;
      stream.write(`${monitorLine(look)}\n`);
    },
    close: () => undefined,
  };
}
