import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FakeShop, startFakeShop } from '../../../sim/adapters/your-shop/testing/fake-shop.ts';
import { smoke } from '../../questions/smoke.ts';
import { openYourShop } from './open.ts';
import { permissionText } from './rails/permission.ts';

let shop: FakeShop;
beforeAll(async () => {
  shop = await startFakeShop();
});
afterAll(() => shop.close());

const permit = () => ({
  status: 200,
  body: permissionText({ token: 'secret', expiresMs: Date.parse('2999-01-01'), mostSessionsPerSecond: 3 }),
});

const asked: unknown[] = [];
/** The shop by a name of this machine, as a host whose owner must permit the run. */
const groundAt = (url: string) =>
  ({
    met: { foreign: [url], token: 'secret', discovery: { audits: {}, items: [] }, settings: {} },
    shop: { ask: async (task: unknown) => void asked.push(task) },
    stop: new AbortController().signal,
    lookEveryMs: 20,
  }) as unknown as Parameters<typeof openYourShop>[0];
const at = (sessionsPerSecond: number) => ({ ...smoke, load: { ...smoke.load, sessionsPerSecond } });

it('a single run at a higher rate than its owner permits is refused before it begins', async () => {
  shop.instead = permit;
  const ground = groundAt(shop.url);
  await expect(openYourShop(ground, at(40))).rejects.toThrow(/3.*sessions|sessions.*3/);
  await expect(openYourShop(ground, at(2))).resolves.toBeDefined();
  expect(asked).toEqual([]);
});

it('goes on while its owner permits it, and ends as soon as the file is deleted', async () => {
  shop.instead = permit;
  shop.requests.length = 0;
  const host = `localhost:${new URL(shop.url).port}`;
  const opened = await openYourShop(groundAt(`http://${host}`), at(2));
  const running = await opened.start({ logFolder: '', generatorHasPriority: false, reachableAt: null });
  const ends = expect(running.failed).rejects.toThrow(
    `The run was ended: ${host} does not serve its stampede.txt any more (status 404): its owner has stopped it.`,
  );
  await expect.poll(() => shop.requests.length, { timeout: 30_000 }).toBeGreaterThan(3);
  expect(new Set(shop.requests.map(({ line }) => line))).toEqual(new Set(['GET /.well-known/stampede.txt']));
  shop.instead = null;
  await ends;
  await running.stop();
});
