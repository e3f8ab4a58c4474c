// A history that broke off half way: what a person is told, by what went wrong, and the step that brings it to its end.

/** The making ended half way; what is stored stays, and the message says how to go on. */
export class HistoryCutOffError extends Error {
  override name = 'HistoryCutOffError';
}

type Breakdown = 'full disk' | 'lost connection' | 'stopped' | 'other';

/** SQLSTATE 53100, and what the operating system says where a file is written here. */
const FULL_DISK = new Set(['53100', 'ENOSPC', 'EDQUOT', 'EFBIG']);
/** PostgreSQL's shutdowns (57P01 to 57P03) and connection exceptions (class 08), or a socket that broke. */
const LOST_CONNECTION =
  /^(57P0[1-3]|08...|ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT|EHOSTUNREACH|ERR_STREAM_PREMATURE_CLOSE)$/;
/** pg's own errors have no code. */
const LOST_CONNECTION_TEXT = /Connection terminated|connection error and is not queryable|Client was closed/;

/** What went wrong, by the codes of the error and of its causes. */
export function breakdownOf(error: unknown): Breakdown {
  for (let at = error; at instanceof Error; at = at.cause) {
    const code = 'code' in at ? String(at.code) : '';
    if (at.name === 'StoppedError' || at.name === 'AbortError') return 'stopped';
    if (FULL_DISK.has(code)) return 'full disk';
    if (LOST_CONNECTION.test(code) || LOST_CONNECTION_TEXT.test(at.message)) return 'lost connection';
  }
  return 'other';
}

export type CutOff = {
  /** What broke off, e.g. `The load`. */
  what: string;
  /** Whose disk or connection it is: `PostgreSQL`, or a folder. */
  where: string;
  /** What is left of it now, one sentence. */
  left: string;
  /** The command that goes on, e.g. `the same command with --resume`. */
  next: string;
};

/** One error: the thing, the value found, the value needed, the next step. */
export function cutOff({ what, where, left, next }: CutOff, cause: unknown): HistoryCutOffError {
  const found = (cause instanceof Error ? cause.message : String(cause)).replace(/\.$/, '');
  const text = {
    'full disk': `${what} broke off: the disk of ${where} is full (${found}). ${left}; needed is room there. Next: make room, then ${next}.`,
    'lost connection': `${what} broke off: the connection to ${where} was lost (${found}). ${left}; needed is a server that answers. Next: bring it back, then ${next}.`,
    stopped: `${what} broke off: ${found}. ${left}. Next: ${next}.`,
    other: `${what} broke off: ${found}. ${left}. Next: mend that, then ${next}.`,
  }[breakdownOf(cause)];
  return new HistoryCutOffError(text, { cause });
}

/** How a load or a writing goes on; who gave `--replace` would start again with it. */
export function resumeCommand(replace: boolean): string {
  return replace ? 'the same command with --resume instead of --replace' : 'the same command with --resume';
}
