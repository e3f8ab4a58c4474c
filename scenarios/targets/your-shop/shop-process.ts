// The process in which somebody's shop file is loaded, as seen from the rehearsal: asked one task after the other, told how far it
// is, and ended when it says nothing for too long, for the file's code may loop.
import { join } from 'node:path';
import type { CleanUp } from '../../../deploy/local/programs/clean-up.ts';
import { type Program, startProgram } from '../../../deploy/local/programs/programs.ts';
import { remains } from '../../../deploy/local/programs/remains.ts';
import { unlessStopped } from '../../../deploy/local/programs/unless-stopped.ts';
import type { YourShopDeadlines, YourShopSettings } from '../../../sim/adapters/your-shop/settings.ts';
import type {
  FromYourShop,
  ToYourShop,
  WalkedRequest,
  WalkedVerb,
  YourShopAnswer,
  YourShopTask,
} from '../../../sim/generator/your-shop-protocol.ts';
import { repositoryRoot } from '../../data/repository.ts';

/** Longer than any request or verb may take by its own deadline: the process itself ends what holds it up before. */
const SILENCE_MARGIN_MS = 20_000;

export type ShopListeners = {
  onProgress?(text: string, doneCount: number): void;
  onRequest?(request: WalkedRequest): void;
  onVerb?(verb: WalkedVerb): void;
};

type TaskOf<Kind extends YourShopTask['kind']> = Extract<YourShopTask, { kind: Kind }>;
type AnswerTo<Kind extends YourShopTask['kind']> = Extract<YourShopAnswer, { kind: Kind }>;

export type ShopProcess = {
  /**
   * Resolves with the answer to the task; one at a time.
   * @throws Error in one line that names the file's verb and the next step
   */
  ask<Kind extends YourShopTask['kind']>(
    task: TaskOf<Kind>,
    listeners?: ShopListeners,
  ): Promise<AnswerTo<Kind>>;
};

/** Starts it; it is ended with the clean-up, and what is asked is let go when `stop` is aborted. */
export async function startShopProcess(
  cleanUp: CleanUp,
  about: { settings: YourShopSettings; deadlines: YourShopDeadlines; logFile?: string; stop: AbortSignal },
): Promise<ShopProcess> {
  const program = await startProgram({
    name: 'your-shop',
    command: process.execPath,
    args: [join(repositoryRoot, 'sim/generator/your-shop-main.ts')],
    ipc: true,
    graceMs: 2_000,
    ...(about.logFile === undefined ? {} : { logFile: about.logFile }),
  });
  cleanUp.later(remains.programs, () => program.stop());
  let lastId = 0;
  return {
    ask<Kind extends YourShopTask['kind']>(task: TaskOf<Kind>, listeners: ShopListeners = {}) {
      lastId += 1;
      const { settings, deadlines, stop } = about;
      return unlessStopped(stop, answerTo(program, { id: lastId, settings, deadlines, task }, listeners));
    },
  };
}

function answerTo<Kind extends YourShopTask['kind']>(
  program: Program,
  message: Omit<ToYourShop, 'task'> & { task: TaskOf<Kind> },
  listeners: ShopListeners,
): Promise<AnswerTo<Kind>> {
  const { deadlines, settings, task } = message;
  const silentMs = Math.max(deadlines.httpDeadlineMs, deadlines.outcomeDeadlineMs) + SILENCE_MARGIN_MS;
  return new Promise((resolve, reject) => {
    const onMessage = (from: FromYourShop): void => {
      if (from.id !== message.id) return;
      silence.refresh();
      if (from.type === 'progress') listeners.onProgress?.(from.text, from.doneCount);
      else if (from.type === 'request') listeners.onRequest?.(from.request);
      else if (from.type === 'verb') listeners.onVerb?.(from.verb);
      else if (from.type === 'failed') settle(() => reject(new Error(from.message)));
      else if (isAnswerTo(from.answer, task.kind)) {
        const { answer } = from;
        settle(() => resolve(answer));
      }
    };
    const settle = (end: () => void): void => {
      clearTimeout(silence);
      program.child.off('message', onMessage);
      end();
    };
    const silence = setTimeout(() => {
      void program.stop({ graceMs: 0 });
      settle(() => reject(new Error(heldUp(settings.file, task.kind, silentMs))));
    }, silentMs);
    program.child.on('message', onMessage);
    void program.exited.then(({ code, signal }) => {
      const how = signal === null ? `exit code ${code}` : `signal ${signal}`;
      settle(() =>
        reject(
          new Error(
            `${settings.file} ended its process (${how}) while it was asked to ${task.kind}; see ${program.logFile}.`,
          ),
        ),
      );
    });
    // One that cannot be delivered means that it has ended, and `exited` says how.
    program.child.send(message, () => undefined);
  });
}

function isAnswerTo<Kind extends YourShopTask['kind']>(
  answer: YourShopAnswer,
  kind: Kind,
): answer is AnswerTo<Kind> {
  return answer.kind === kind;
}

function heldUp(file: string, kind: string, silentMs: number): string {
  return `${file} said nothing for ${silentMs / 1_000} s while it was asked to ${kind}. Needed: code that comes to an end; look for a loop in it.`;
}
