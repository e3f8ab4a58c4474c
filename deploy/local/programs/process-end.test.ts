// Each in a process of its own: what a command says and exits with, however it ends.
import { spawn } from 'node:child_process';
import { mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { identify } from './process-identity.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'stampede-end-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** A command whose main is `body`; it says "ready" when it can be ended. */
function startMain(body: string, stdout: 'pipe' | number = 'pipe') {
  const modules = import.meta.dirname;
  const script = `
    import { setTimeout as wait } from 'node:timers/promises';
    import { exitWith } from '${modules}/exit-with.ts';
    import { stopSignal } from '${modules}/process-end.ts';
    import { startProgram } from '${modules}/programs.ts';
    import { unlessStopped } from '${modules}/unless-stopped.ts';
    const say = (line) => process.stdout.write(line + '\\n');
    const forEver = () => wait(1e9);
    await exitWith(async () => { ${body} });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, STAMPEDE_HOME: home, DEBUG: undefined },
    stdio: ['ignore', stdout, 'pipe', 'ipc'],
  });
  const said = { out: '', error: '' };
  child.stdout?.on('data', (chunk) => (said.out += chunk));
  child.stderr?.on('data', (chunk) => (said.error += chunk));
  const ended = new Promise<{ code: number | null; signal: string | null; out: string; error: string }>(
    (settle) => child.on('close', (code, signal) => settle({ code, signal, ...said })),
  );
  const untilSaid = (words: string) => expect.poll(() => said.out, { timeout: 20_000 }).toContain(words);
  return { child, ended, untilSaid, untilReady: () => untilSaid('ready') };
}

const HEEDING = `
  const stop = stopSignal();
  try { say('ready'); await unlessStopped(stop, forEver()); }
  finally { await wait(50); say('taken away'); }`;

test.for([
  ['SIGINT', 130, '✗ Stopped by SIGINT (Ctrl-C).\n'],
  ['SIGTERM', 143, '✗ Stopped by SIGTERM.\n'],
  ['SIGHUP', 143, '✗ Stopped by SIGHUP (its terminal went away).\n'],
] as const)(
  '%s lets a command take away what it opened, and exits with %i',
  async ([signal, code, error]) => {
    const { child, ended, untilReady } = startMain(HEEDING);
    await untilReady();
    child.kill(signal);
    expect(await ended).toEqual({ code, signal: null, out: 'ready\ntaken away\n', error });
  },
);

test('a second signal does not wait, and ends the programs', async () => {
  const { child, ended, untilReady, untilSaid } = startMain(`
    const stop = stopSignal();
    const program = await startProgram({ name: 'sleeper', command: 'sleep', args: ['1000'] });
    say(program.pid); say('ready');
    await unlessStopped(stop, forEver()).catch(() => say('stopping'));
    await forEver();`);
  await untilReady();
  child.kill('SIGINT');
  await untilSaid('stopping');
  child.kill('SIGINT');
  const { code, out } = await ended;
  expect(code).toBe(130);
  expect(identify(Number(out.split('\n')[0]))).toBeNull();
});

test('a command that came to its end in spite of a signal keeps its code', async () => {
  const { child, ended, untilReady } = startMain(`
    const stop = stopSignal();
    say('ready'); await unlessStopped(stop, forEver()).catch(() => undefined); return 0;`);
  await untilReady();
  child.kill('SIGTERM');
  expect(await ended).toMatchObject({ code: 0, error: '' });
});

test('more words about the same cause are the one line', async () => {
  const { child, ended, untilReady } = startMain(`
    const stop = stopSignal();
    say('ready');
    await unlessStopped(stop, forEver()).catch((cause) => { throw new Error('The load broke off. Next: --resume.', { cause }); });`);
  await untilReady();
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ code: 130, error: '✗ The load broke off. Next: --resume.\n' });
});

test.for([
  ['an error thrown where nobody waits', "setImmediate(() => { throw new Error('broken\\nin two'); });"],
  ['a rejection that nobody handles', "void Promise.reject(new Error('broken\\nin two'));"],
])('%s ends a command in order, with 3 and one line', async ([, statement]) => {
  const { ended } = startMain(HEEDING.replace("say('ready');", `${statement} say('ready');`));
  expect(await ended).toEqual({
    code: 3,
    signal: null,
    out: 'ready\ntaken away\n',
    error: '✗ An error that nobody caught: broken in two\n',
  });
});

test('an error that nobody caught ends a command that heeds nothing, too', async () => {
  const { ended } = startMain("setImmediate(() => { throw new Error('broken'); }); await forEver();");
  expect(await ended).toMatchObject({ code: 3, error: '✗ An error that nobody caught: broken\n' });
});

test('an error of the command itself exits with 3, never with 1', async () => {
  expect(await startMain("throw new Error('no room');").ended).toMatchObject({
    code: 3,
    error: '✗ no room\n',
  });
});

test('a reader that goes away ends a command in order, with 3 and one line', async () => {
  const { child, ended, untilReady } = startMain(`
    const stop = stopSignal();
    say('ready');
    process.once('message', () => { for (let n = 0; n < 3; n++) say('more'); });
    try { await unlessStopped(stop, forEver()); } finally { await wait(50); process.send('taken away'); }`);
  await untilReady();
  const told = new Promise((resolve) => child.once('message', resolve));
  child.stdout?.destroy();
  child.send('go on');
  expect(await told).toBe('taken away');
  expect(await ended).toMatchObject({
    code: 3,
    error: '✗ Standard output was closed by its reader (EPIPE).\n',
  });
});

test.skipIf(process.platform !== 'linux')(
  'output that nothing takes ends a command with 3 as well',
  async () => {
    const { ended } = startMain(
      "stopSignal(); say('ready'); await wait(200); return 0;",
      openSync('/dev/full', 'w'),
    );
    const { code, error } = await ended;
    expect(code).toBe(3);
    expect(error).toContain('ENOSPC');
  },
);
