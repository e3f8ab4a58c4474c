import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { identify } from './process-identity.ts';
import { refuseSecondUse, runningRecords, writeRecord } from './program-records.ts';
import { endOrphans, type ProgramOptions, startProgram } from './programs.ts';
import { programsFromNowOn } from './programs-of-this-process.ts';

const LIMIT = { timeout: 10_000, interval: 20 };
const STUBBORN = "process.on('SIGTERM', () => {}); console.log('ready'); setInterval(() => {}, 1000)";

let home: string;
let toEnd: (() => Promise<unknown>)[];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'stampede-programs-'));
  toEnd = [];
});
afterEach(async () => {
  for (const end of toEnd) await end();
  rmSync(home, { recursive: true, force: true });
});

async function start(options: Partial<ProgramOptions>) {
  const program = await startProgram({ name: 'sleeper', command: 'sleep', args: ['100'], home, ...options });
  toEnd.push(() => program.stop({ signal: 'SIGKILL' }));
  return program;
}

/** A process of its own that starts two sleepers and tells their pids, then does `more`. */
async function startOwner(more = ''): Promise<{ owner: ChildProcess; pids: number[] }> {
  const modules = import.meta.dirname;
  const script = `
    import { startProgram } from '${modules}/programs.ts';
    const start = (name) => startProgram({ name, home: '${home}', command: process.execPath, args: ['-e',
      "process.on('SIGTERM', () => { require('fs').appendFileSync('${home}/order', '" + name + " '); process.exit(); });" +
      "console.log('ready'); setInterval(() => {}, 1000)"] });
    const first = await start('first'), second = await start('second');
    setInterval(() => {}, 1000);
    ${more}
    console.log(JSON.stringify([first.pid, second.pid]));`;
  const owner = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ipc', 'pipe', 'ignore'],
  });
  const [line] = (await once(createInterface({ input: owner.stdout! }), 'line')) as [string];
  const pids = JSON.parse(line) as number[];
  toEnd.push(() => endOrphans(home));
  for (const name of ['first', 'second']) await expect.poll(() => log(name), LIMIT).toContain('ready');
  return { owner, pids };
}

function log(name: string): string {
  return readFileSync(join(home, 'logs', `${name}.log`), 'utf8');
}

const areRunning = (pids: number[]) => pids.map((pid) => identify(pid) !== null);

test('the output goes to a log file and the end is told', async () => {
  const program = await start({
    command: process.execPath,
    args: ['-e', "console.log('hello'); process.exit(7)"],
  });
  expect(await program.exited).toEqual({ code: 7, signal: null });
  expect(readFileSync(program.logFile, 'utf8')).toBe('hello\n');
  expect(runningRecords(home)).toEqual([]);
});

test('stop ends by the signal, and once more does no harm', async () => {
  const program = await start({});
  expect(await program.stop()).toEqual({ code: null, signal: 'SIGTERM' });
  expect(await program.stop()).toEqual({ code: null, signal: 'SIGTERM' });
});

test('a program that ignores the signal is killed after the grace', async () => {
  const program = await start({ name: 'stubborn', command: process.execPath, args: ['-e', STUBBORN] });
  await expect.poll(() => log('stubborn'), LIMIT).toContain('ready');
  expect(await program.stop({ graceMs: 100 })).toEqual({ code: null, signal: 'SIGKILL' });
});

test('a command that is not there is named', async () => {
  await expect(start({ name: 'cache', command: 'no-such-server' })).rejects.toThrow(
    'cache cannot be started: no-such-server: the command or its working directory is not there.',
  );
});

test('messages pass both ways where they are wanted', async () => {
  const echo = "process.on('message', (said) => process.send({ echo: said }))";
  const program = await start({ command: process.execPath, args: ['-e', echo], ipc: true });
  program.child.send('hello');
  expect((await once(program.child, 'message'))[0]).toEqual({ echo: 'hello' });
});

test('a program runs at the niceness that was wanted', async () => {
  const program = await start({ nice: 7 });
  expect(program.niceApplied).toBe(true);
  expect(getPriority(program.pid)).toBe(7);
});

test('programs of an owner that was killed are ended by the next start', async () => {
  const { owner, pids } = await startOwner();
  expect(await endOrphans(home)).toEqual([]);
  owner.kill('SIGKILL');
  await once(owner, 'exit');
  expect(areRunning(pids)).toEqual([true, true]);
  expect((await endOrphans(home)).map(({ process: { pid } }) => pid)).toEqual(pids);
  expect(areRunning(pids)).toEqual([false, false]);
  expect(readFileSync(join(home, 'order'), 'utf8')).toBe('second first ');
});

test.for([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 143],
] as const)('%s ends all programs, last started first, and exits with %i', async ([signal, expected]) => {
  const { owner, pids } = await startOwner();
  owner.kill(signal);
  const [code] = (await once(owner, 'exit')) as [number];
  expect(code).toBe(expected);
  expect(areRunning(pids)).toEqual([false, false]);
  expect(readFileSync(join(home, 'order'), 'utf8')).toBe('second first ');
});

test('only the programs that were started later can be ended by themselves', async () => {
  const before = await start({});
  const endLater = programsFromNowOn();
  const later = [await start({}), await start({ endTogether: 'both' }), await start({ endTogether: 'both' })];
  await endLater();
  expect(areRunning([before.pid, ...later.map(({ pid }) => pid)])).toEqual([true, false, false, false]);
});

test('a message to a program that has ended does no harm', async () => {
  const program = await start({ command: process.execPath, args: ['-e', '0'], ipc: true });
  await program.exited;
  await expect.poll(() => program.child.connected, LIMIT).toBe(false);
  const told = once(program.child, 'error');
  program.child.send('nobody is there');
  expect(String(await told)).toContain('ERR_IPC_CHANNEL_CLOSED');
});

test.for([
  ['an exception', "throw new Error('broken')"],
  ['process.exit', 'process.exit(3)'],
])('%s ends all programs', async ([, statement]) => {
  const { owner, pids } = await startOwner(`process.once('message', () => { ${statement} });`);
  owner.send('go');
  const [code] = (await once(owner, 'exit')) as [number];
  expect(code).toBeGreaterThan(0);
  expect(areRunning(pids)).toEqual([false, false]);
  expect(readdirSync(join(home, 'programs'))).toEqual([]);
});

test('a note whose number now belongs to another process harms nobody', async () => {
  const program = await start({});
  const { record } = program;
  writeRecord(home, {
    ...record,
    process: { pid: program.pid, startedAt: 'another boot:1' },
    owner: { pid: 1, startedAt: '' },
  });
  expect(await endOrphans(home)).toEqual([]);
  expect(areRunning([program.pid])).toEqual([true]);
});

test('a program left to the stack is no orphan, and its data directory is refused to others', async () => {
  const program = await start({ directory: join(home, 'data') });
  program.leaveToStack();
  expect(runningRecords(home)).toMatchObject([{ owner: 'stack' }]);
  expect(await endOrphans(home)).toEqual([]);
  expect(() => refuseSecondUse(home, join(home, 'data'))).toThrow(
    `in use by sleeper, pid ${program.pid}, left by \`npm run stack -- up\`. End it: npm run stack -- down`,
  );
});

test('nothing stays noted once all has ended', async () => {
  const program = await start({});
  expect(readdirSync(join(home, 'programs'))).toHaveLength(1);
  await program.stop();
  expect(readdirSync(join(home, 'programs'))).toEqual([]);
});
