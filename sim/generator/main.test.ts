// The generator as a process: it must report a broken input and must never outlive the rehearsal.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { FromGenerator } from '../engine/protocol/protocol.ts';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const start = () => fork(main, [], { serialization: 'advanced', stdio: 'ignore' });

describe('the generator’s process', () => {
  it('ends itself when its parent goes away', async () => {
    const child = start();
    const exited = once(child, 'exit');
    await once(child, 'spawn');
    child.disconnect();
    expect((await exited)[0]).not.toBeNull();
  }, 20_000);

  it('says why it cannot go on', async () => {
    const child = start();
    const exited = once(child, 'exit');
    child.send({ type: 'start', input: { planFile: '/nowhere/plan.json' } });
    const [message] = (await once(child, 'message')) as [FromGenerator];
    expect(message).toMatchObject({ type: 'failed', message: expect.stringContaining('/nowhere/plan.json') });
    expect((await exited)[0]).toBe(3);
  }, 20_000);

  it('names an error that nobody caught', async () => {
    const fault = "process.on('message', () => setImmediate(() => { throw new Error('a socket broke'); }))";
    const child = fork(main, [], {
      serialization: 'advanced',
      stdio: 'ignore',
      execArgv: ['--import', `data:text/javascript,${encodeURIComponent(fault)}`],
    });
    const exited = once(child, 'exit');
    child.send({ type: 'stop' });
    expect((await once(child, 'message'))[0]).toEqual({
      type: 'failed',
      message: 'an error that nobody caught: a socket broke',
    });
    expect((await exited)[0]).toBe(3);
  }, 20_000);
});
