// Linux's /proc, read into one buffer: whoever looks every second must not show up in its own figures.
import { closeSync, openSync, readdirSync, readSync } from 'node:fs';

const buffer = Buffer.alloc(16_384);

/** The file's beginning; null where it is not there (the process has ended, or the system is not Linux). */
export function readProc(path: string): string | null {
  try {
    const file = openSync(path, 'r');
    try {
      return buffer.toString('latin1', 0, readSync(file, buffer, 0, buffer.length, 0));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

/** Names in the folder; none where it is not there. */
export function listProc(path: string): string[] {
  try {
    return readdirSync(path);
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}

function isGone(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ESRCH';
}
