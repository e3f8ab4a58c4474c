import { afterAll, beforeAll, expect, it } from 'vitest';
import { smoke } from '../../questions/smoke.ts';
import { openYourShop } from './open.ts';
import { permissionText } from './rails/permission.ts';
import { type FakeShop, startFakeShop } from './testing/fake-shop.ts';

let shop: FakeShop;
beforeAll(async () => {
  shop = await startFakeShop();
});
afterAll(() => shop.close());

it('a single run at a higher rate than its owner permits is refused before it begins', async () => {
  shop.instead = () => ({
    status: 200,
    body: permissionText({ token: 'secret', expiresMs: Date.parse('2999-01-01'), mostSessionsPerSecond: 3 }),
  });
  const asked: unknown[] = [];
  const ground = {
    met: { foreign: [shop.url], token: 'secret', discovery: { audits: {}, items: [] }, settings: {} },
    shop: { ask: async (task: unknown) => void asked.push(task) },
    stop: new AbortController().signal,
  } as unknown as Parameters<typeof openYourShop>[0];
  const at = (sessionsPerSecond: number) => ({ ...smoke, load: { ...smoke.load, sessionsPerSecond } });
  await expect(openYourShop(ground, at(40))).rejects.toThrow(/3.*sessions|sessions.*3/);
  await expect(openYourShop(ground, at(2))).resolves.toBeDefined();
  expect(asked).toEqual([]);
});
