import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { createView } from '../cell/live-view.ts';
import { smoke } from '../questions/smoke.ts';
import { LIVE_PATHS, type LiveMoment } from './moment.ts';
import { livePortOf, whileShown } from './open-live.ts';
import { type LiveServer, serveLive } from './serve-live.ts';

const moment = (phase: string): LiveMoment => ({
  title: 'A toy',
  question: '?',
  phase,
  secondsLeft: null,
  second: null,
  whereabouts: null,
  orders: null,
  pushes: [],
  waits: [],
  failedCount: 0,
  faults: [],
  ended: null,
});

const open: LiveServer[] = [];
async function served(): Promise<{ server: LiveServer; origin: string }> {
  const server = await serveLive(0);
  open.push(server);
  return { server, origin: new URL(server.url).origin };
}
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

/** Reads a stream until `isEnough` or its end; gives the phases that it told. */
async function phasesOf(answer: Response, isEnough = (_: string[]) => false): Promise<string[]> {
  const phases: string[] = [];
  let begun = '';
  for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
    const events = `${begun}${chunk}`.split('\n\n');
    begun = events.pop() ?? '';
    for (const event of events) if (event.startsWith('data: ')) phases.push(JSON.parse(event.slice(6)).phase);
    if (isEnough(phases)) break;
  }
  return phases;
}

/** fetch does not let a caller name another host. */
const statusFor = (url: string, host: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    request(url, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .once('error', reject)
      .end();
  });

describe('the live page’s server', () => {
  it('gives whoever comes the last moment at once and each one after it, and ends the stream with itself', async () => {
    const { server, origin } = await served();
    server.publish(moment('one'));
    server.publish(moment('two'));
    const first = await fetch(origin + LIVE_PATHS.events);
    expect(first.headers.get('content-type')).toBe('text/event-stream');
    const all = phasesOf(first);
    expect(await phasesOf(await fetch(origin + LIVE_PATHS.events), ({ length }) => length === 1)).toEqual([
      'two',
    ]);
    server.publish(moment('three'));
    await server.close();
    expect(await all).toEqual(['two', 'three']);
    await expect(fetch(origin)).rejects.toThrow();
  });

  it('serves the page and its files under a policy that lets it ask nobody else', async () => {
    const { server, origin } = await served();
    for (const path of [LIVE_PATHS.page, LIVE_PATHS.script, LIVE_PATHS.style]) {
      const answer = await fetch(origin + path);
      expect(answer.status, path).toBe(200);
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    }
    expect((await fetch(origin)).url).toBe(server.url);
    expect((await fetch(`${origin}/live/../package.json`)).status).toBe(404);
    expect((await fetch(origin, { method: 'POST' })).status).toBe(405);
  });

  it('listens on this machine alone, and answers to no other name', async () => {
    const { server, origin } = await served();
    expect(new URL(server.url).hostname).toBe('127.0.0.1');
    expect(await statusFor(origin + LIVE_PATHS.page, 'elsewhere.example')).toBe(421);
    expect(await statusFor(origin + LIVE_PATHS.events, '127.0.0.1.elsewhere.example:80')).toBe(421);
    expect(await statusFor(origin + LIVE_PATHS.page, 'localhost:80')).toBe(200);
  });

  it('lets no more than sixteen look on', async () => {
    const { origin } = await served();
    const watching = await Promise.all(Array.from({ length: 16 }, () => fetch(origin + LIVE_PATHS.events)));
    expect(watching.every(({ status }) => status === 200)).toBe(true);
    const refused = await fetch(origin + LIVE_PATHS.events);
    expect(refused.status).toBe(503);
    expect(await refused.text()).toContain('16 who look on already');
    for (const { body } of watching) await body?.cancel();
  });

  it('says in a sentence that its port is taken', async () => {
    const { origin } = await served();
    const { port } = new URL(origin);
    await expect(serveLive(Number(port))).rejects.toThrow(
      `--live: port ${port} of 127.0.0.1 is taken. Needed: a free one: --live N, or --live 0 for any.`,
    );
  });
});

describe('--live', () => {
  it.each([
    [undefined, null],
    [true, 4_500],
    ['0', 0],
    ['8080', 8_080],
  ])('%s gives port %s', (given, port) => {
    expect(livePortOf(given)).toBe(port);
  });

  it.each(['70000', 'x', '-1', '1.5', ''])('“%s” is a mistake that says what is needed', (given) => {
    expect(livePortOf(given)).toEqual({
      mistake: `--live ${given}: found ${given}. Needed: a port from 1 to 65535, or 0 for any free one.`,
    });
  });

  const said: string[] = [];
  const terminal = {
    ...createView(process.stdout, () => 0),
    phase: () => undefined,
    say: (line: string) => void said.push(line),
  };
  const shown = { scenario: smoke, terminal, nowMs: () => 0 };
  const urlSaid = () => said.at(-1)?.replace('Live: ', '') ?? '';

  it('is served while the rehearsal goes on, tells its end, and is gone with it', async () => {
    let stream: Promise<string[]> | undefined;
    await whileShown(0, shown, async (view) => {
      view.phase('warming up', null);
      stream = phasesOf(await fetch(new URL(LIVE_PATHS.events, urlSaid())));
      return { result: { verdict: 'PASS', answer: 'Yes.' } };
    });
    expect(await stream).toEqual(['warming up', 'warming up']);
    await expect(fetch(urlSaid())).rejects.toThrow();
  });

  it('is gone, too, with a rehearsal that breaks', async () => {
    const broken = whileShown(0, shown, () => Promise.reject(new Error('no shop')));
    await expect(broken).rejects.toThrow('no shop');
    await expect(fetch(urlSaid())).rejects.toThrow();
  });

  it('is not there where it was not asked for', async () => {
    await whileShown(null, shown, async (view) => {
      expect(view).toBe(terminal);
      return { result: { verdict: 'PASS', answer: 'Yes.' } };
    });
  });
});
