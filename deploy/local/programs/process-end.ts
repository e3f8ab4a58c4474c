// How this process ends before its work is done: a signal, an error that nobody caught, a reader that closed the pipe. All
// of them abort one signal; a command that heeds it ends its work in order and takes away what it opened. Exit code 1 is
// none of theirs: it says that a limit was missed.

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 143 } as const;
const WORDS = { SIGINT: 'SIGINT (Ctrl-C)', SIGTERM: 'SIGTERM', SIGHUP: 'SIGHUP (its terminal went away)' };
const EXIT_FAULT = 3;
/** Longer than programs and services may take to close one after the other. */
const IN_ORDER_WITHIN_MS = 120_000;

type StopSignal = keyof typeof SIGNALS;

/** Why the process is being ended; the message is the one line that a person reads. */
export class StoppedError extends Error {
  override name = 'StoppedError';
  readonly exitCode: number;
  /** Whether a signal asked for it; else something is wrong, and what the command still comes to does not count. */
  readonly isAskedFor: boolean;
  constructor(message: string, options: { exitCode: number; isAskedFor: boolean; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.exitCode = options.exitCode;
    this.isAskedFor = options.isAskedFor;
  }
}

const stop = new AbortController();
const unheededEnds: (() => Promise<void>)[] = [];
let isHeeded = false;
let isForced = false;
let listensToSignals = false;
let listensToFaults = false;

/**
 * Aborted, with a StoppedError as its reason, as soon as the process is to end. Whoever asks for it promises to heed it:
 * to end the work, to take away what it opened and to come to an end. A second Ctrl-C, or two minutes, do not wait for that.
 */
export function stopSignal(): AbortSignal {
  isHeeded = true;
  listenToSignals();
  return stop.signal;
}

/** Listens to signals for a process whose command heeds none: `end` runs, then the process exits. */
export function endUnheeded(end: () => Promise<void>): void {
  unheededEnds.push(end);
  listenToSignals();
}

/** Why the process is being ended; null while nothing ends it. */
export function stopCause(): StoppedError | null {
  return stop.signal.aborted ? (stop.signal.reason as StoppedError) : null;
}

/** Whether somebody would not wait for the end in order. */
export function isEndForced(): boolean {
  return isForced;
}

/** From now on errors that nobody caught, and output that nobody takes any more, end the process in order. */
export function listenToFaults(): void {
  if (listensToFaults) return;
  listensToFaults = true;
  process.on('uncaughtException', (error) =>
    stopForFault(`An error that nobody caught: ${wordsOf(error)}`, error),
  );
  for (const [name, stream] of [
    ['Standard output', process.stdout],
    ['Standard error', process.stderr],
  ] as const)
    stream.on('error', (error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'EPIPE' ? 'was closed by its reader (EPIPE)' : `takes no more (${error.message})`;
      stopForFault(`${name} ${why}.`, error);
    });
}

/** An error's words on one line; a refused connection to several addresses comes as a group without any of its own. */
export function wordsOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(wordsOf).join('; ');
  return (error instanceof Error ? error.message || error.name : String(error)).replace(/\s*\n\s*/g, ' ');
}

function listenToSignals(): void {
  if (listensToSignals) return;
  listensToSignals = true;
  for (const signal of Object.keys(SIGNALS) as StopSignal[]) process.on(signal, () => onSignal(signal));
}

function onSignal(signal: StopSignal): void {
  const exitCode = SIGNALS[signal];
  if (stop.signal.aborted) {
    isForced = true;
    process.exit(exitCode);
  }
  stopFor(new StoppedError(`Stopped by ${WORDS[signal]}.`, { exitCode, isAskedFor: true }));
}

function stopForFault(message: string, cause: unknown): void {
  // Later ones are mostly consequences of the first.
  if (!stop.signal.aborted)
    stopFor(new StoppedError(message, { exitCode: EXIT_FAULT, isAskedFor: false, cause }));
}

function stopFor(cause: StoppedError): void {
  stop.abort(cause);
  if (!isHeeded) void endWithoutCommand(cause);
  else
    setTimeout(() => {
      console.error(`✗ ${cause.message} What was open did not close within ${IN_ORDER_WITHIN_MS / 1_000} s.`);
      process.exit(cause.exitCode);
    }, IN_ORDER_WITHIN_MS).unref();
}

async function endWithoutCommand(cause: StoppedError): Promise<void> {
  if (!cause.isAskedFor) console.error(`✗ ${cause.message}`);
  try {
    for (const end of unheededEnds) await end();
  } catch (error) {
    console.error(`✗ ${wordsOf(error)}`);
  } finally {
    process.exit(cause.exitCode);
  }
}
