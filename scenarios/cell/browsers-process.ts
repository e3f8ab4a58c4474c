// The program of the browsers as seen from the rehearsal: started behind everything else, told whose windows to open and when to
// walk, listened to until the span is over. What it saw is told as it comes, and what it asked of the shop as soon as its end is known;
// the rest is handed over at the end, also when it ended otherwise than planned.
import { join } from 'node:path';
import { BROWSER_ARGUMENTS, findBrowser } from '../../deploy/local/programs/find-browser.ts';
import { type Program, startProgram } from '../../deploy/local/programs/programs.ts';
import type { Attempt } from '../../sim/adapters/our-shop/attempts.ts';
import type { FromBrowsers, PageView, ToBrowsers } from '../../sim/browser/protocol.ts';
import { emailOf, SEEDED_PASSWORD } from '../../sim/history/rows/accounts.ts';
import { repositoryRoot } from '../data/repository.ts';
import { createOpenAttempts } from './open-attempts.ts';

/** Far behind the shop: a browser is there to look on, and the load is what is measured. */
const NICE = 10;
/** For as long as people are said to stay on a page (shop rules, lists): a window that hurries takes a core for itself. */
const LOOK_MS = 3_000;
/** One process draws all pages of a window, one after the other; Chromium by itself begins a new one for each document. */
const ONE_PROCESS = ['--renderer-process-limit=1', '--disable-site-isolation-trials'];
/** For the last outcomes and for Chromium to close, once the span is over. */
const FINISH_WITHIN_MS = 20_000;
const GRACE_MS = 3_000;

export type BrowsersInput = {
  logFolder: string;
  storefrontUrl: string;
  /** Of the data set; a window for each. */
  personIds: readonly number[];
  seed: number;
  onView: (view: PageView) => void;
  /** Something asked of the shop of which all is known. */
  onAttempt: (attempt: Attempt) => void;
  /** A sentence that the reader of a run should know. */
  onNote: (sentence: string) => void;
};

export type Browsers = {
  pid: number;
  /** Walk from this time of the machine's monotonic clock on, for so long. */
  walk(spanStartMonotonicMs: number, durationMs: number): void;
  /** Resolves once it has ended, or must wait no longer, to what was asked of the shop and whose end is not known. Never rejects. */
  finished(): Promise<Attempt[]>;
  stop(): Promise<void>;
};

/** @throws Error with what to do where there is no Chromium */
export async function startBrowsers(input: BrowsersInput): Promise<Browsers> {
  const found = findBrowser(process.env);
  if ('missing' in found) throw new Error(`load.browsers=${input.personIds.length}: ${found.missing}.`);
  const program = await startProgram({
    name: 'browsers',
    command: process.execPath,
    args: [join(repositoryRoot, 'sim/browser/main.ts')],
    logFile: join(input.logFolder, 'browsers.log'),
    nice: NICE,
    ipc: true,
    graceMs: GRACE_MS,
  });
  const listening = listen(program, input);
  send(program, {
    type: 'open',
    input: {
      chromium: { path: found.path, args: [...BROWSER_ARGUMENTS, ...ONE_PROCESS] },
      storefrontUrl: input.storefrontUrl,
      people: input.personIds.map((personId) => ({
        personId,
        email: emailOf(personId),
        password: SEEDED_PASSWORD,
      })),
      seed: input.seed,
      lookMs: LOOK_MS,
    },
  });
  return {
    pid: program.pid,
    walk: (spanStartMonotonicMs, durationMs) =>
      send(program, { type: 'walk', spanStartMonotonicMs, durationMs }),
    async finished() {
      send(program, { type: 'stop' });
      let timer: NodeJS.Timeout | undefined;
      const tooLong = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, FINISH_WITHIN_MS);
      });
      await Promise.race([listening.ended, tooLong]);
      clearTimeout(timer);
      // The record is closed after this: what still comes is too late.
      listening.end();
      return listening.attempts.rest();
    },
    async stop() {
      listening.end();
      await program.stop();
    },
  };
}

/** One that cannot be delivered means that it has ended, and `ended` says how. */
function send(program: Program, message: ToBrowsers): void {
  if (program.child.connected) program.child.send(message, () => undefined);
}

function listen(program: Program, { onView, onAttempt, onNote }: BrowsersInput) {
  const attempts = createOpenAttempts(onAttempt);
  let isDone = false;
  let isOver = false;
  program.child.on('message', (message: FromBrowsers) => {
    if (isOver) return;
    switch (message.type) {
      case 'view':
        return onView(message.view);
      case 'order':
        return attempts.know(`order ${message.order.orderId}`, message.order);
      case 'actions':
        return attempts.know(`action ${message.key}`, message.actions);
      case 'note':
        return onNote(message.text);
      case 'done':
        isDone = true;
        return;
      case 'failed':
        isDone = true;
        return onNote(
          `The browser could not go on: ${message.message.split('\n')[0]}; see ${program.logFile}`,
        );
    }
  });
  const ended = program.exited.then(({ code, signal }) => {
    if (!isDone && !isOver) onNote(`The browser ended by itself (${signal ?? code}); see ${program.logFile}`);
  });
  const end = (): void => {
    isOver = true;
  };
  return { attempts, ended, end };
}
