// The shell around the rails: fetches a host's permission, has its name typed, and watches over a run.
import { createInterface } from 'node:readline/promises';
import { setInterval as everyMs } from 'node:timers/promises';
import { wordsOf } from '../../../../deploy/local/programs/process-end.ts';
import { certificateSentence } from '../../../../sim/adapters/your-shop/http-failure.ts';
import { isLoopbackName } from './loopback-name.ts';
import { PERMISSION_PATH, type Wanted } from './permission.ts';
import { createPermissionWatch, type Look, mistakesOf } from './permission-watch.ts';

const LOOK_EVERY_MS = 5_000;
const LOOK_WITHIN_MS = 4_000;
/** A file of a few lines; more is somebody's page. */
const MOST_CHARACTERS = 10_000;

/** Asks for the file at an origin. Never rejects, and follows no redirect. */
export async function lookAtPermission(origin: string, stop: AbortSignal): Promise<Look> {
  try {
    const answer = await fetch(new URL(PERMISSION_PATH, origin), {
      redirect: 'manual',
      signal: AbortSignal.any([stop, AbortSignal.timeout(LOOK_WITHIN_MS)]),
      headers: { 'user-agent': 'Stampede' },
    });
    const text = await answer.text();
    return answer.status === 200 && text.length <= MOST_CHARACTERS
      ? { kind: 'text', text }
      : { kind: 'status', status: answer.status };
  } catch (error) {
    const certificate = certificateSentence(origin, error);
    return { kind: 'no-answer', because: causeOf(error), ...(certificate === null ? {} : { certificate }) };
  }
}

/** fetch says "fetch failed" and has why in its cause. */
function causeOf(error: unknown): string {
  return error instanceof Error && error.cause !== undefined ? wordsOf(error.cause) : wordsOf(error);
}

/** Puts a question to whoever sits there; null where nobody does. */
type AskOwner = ((question: string) => Promise<string>) | null;

/**
 * Whether a run may go to these hosts, none of which is this machine: by its file and its name, typed or given.
 * @param origins as `foreignOrigins` gives them
 * @throws Error in one line that names the host, what was found and the next step
 */
export async function askPermission(
  origins: readonly string[],
  asked: { wanted: Wanted; iOwn: string | null; stop: AbortSignal; ask?: AskOwner },
): Promise<void> {
  await requirePermission(origins, asked);
  const { iOwn, ask = onTerminal() } = asked;
  for (const origin of origins) await confirmHost(new URL(origin).host, iOwn, ask);
}

/**
 * Whether their files permit what is wanted now: asked before each single run, for every one has a rate of its own.
 * @throws Error as `askPermission`
 */
export async function requirePermission(
  origins: readonly string[],
  { wanted, stop }: { wanted: Wanted; stop: AbortSignal },
): Promise<void> {
  for (const origin of origins) {
    const { host, hostname } = new URL(origin);
    const look = await lookAtPermission(origin, stop);
    if (look.kind === 'no-answer' && look.certificate !== undefined)
      throw new Error(`${host}: ${look.certificate}`);
    const mistakes = look.kind === 'text' ? mistakesOf(look.text, wanted) : [missingText(origin, look)];
    if (mistakes.length > 0)
      throw new Error(
        `${host}: ${mistakes.join(' ')} Next: \`npm run target -- permit ${hostname}\` writes the file that its owner serves at ${PERMISSION_PATH}`,
      );
  }
}

function missingText(origin: string, look: Exclude<Look, { kind: 'text' }>): string {
  const found = look.kind === 'status' ? `status ${look.status}` : `no answer (${look.because})`;
  return `found ${found} for ${origin}${PERMISSION_PATH}. Needed: the file by which its owner permits a rehearsal.`;
}

/** Those that are not this machine, each once; with `STAMPEDE_RAILS=all` this machine, too, so that an owner can try it. */
export function foreignOrigins(origins: readonly string[], environment: NodeJS.ProcessEnv): string[] {
  const isForeign = (origin: string) =>
    environment.STAMPEDE_RAILS === 'all' || !isLoopbackName(new URL(origin).hostname);
  return [...new Set(origins)].filter(isForeign);
}

/** Resolves when the host was given by `--i-own`, or is typed. @throws Error in one line otherwise */
async function confirmHost(host: string, iOwn: string | null, ask: AskOwner): Promise<void> {
  if (iOwn !== null) {
    if (iOwn === host) return;
    throw new Error(`--i-own ${iOwn}: the run would go to ${host}. Needed: --i-own ${host}, if it is yours.`);
  }
  if (ask === null)
    throw new Error(
      `${host}: nobody confirmed that it is theirs. Needed: --i-own ${host}, or a terminal on which its name is typed.`,
    );
  const typed = (await ask(`This sends load to ${host}. Type its name to confirm that it is yours: `)).trim();
  if (typed !== host) throw new Error(`${host}: found "${typed}" typed. Needed: its name; nothing was sent.`);
}

function onTerminal(): AskOwner {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return null;
  return async (question) => {
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return await lines.question(question);
    } finally {
      lines.close();
    }
  };
}

/** Rejects, in a sentence, as soon as one of those hosts does not permit the run any more; resolves once `over` is aborted. */
export async function watchPermission(
  origins: readonly string[],
  wanted: (nowMs: number) => Wanted,
  over: AbortSignal,
  lookEveryMs = LOOK_EVERY_MS,
): Promise<void> {
  const watched = origins.map((origin) => ({
    origin,
    judge: createPermissionWatch(new URL(origin).host, wanted),
  }));
  if (watched.length === 0) return;
  try {
    for await (const _ of everyMs(lookEveryMs, undefined, { signal: over })) {
      for (const { origin, judge } of watched) {
        const look = await lookAtPermission(origin, over);
        if (over.aborted) return;
        const end = judge(look, Date.now());
        if (end !== null) throw new Error(`The run was ended: ${end}.`);
      }
    }
  } catch (error) {
    if (!over.aborted) throw error;
  }
}
