import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { selfSignedCertificate } from '../../../../deploy/local/testing/testing.ts';
import { type FakeShop, startFakeShop } from '../../../../sim/adapters/your-shop/testing/fake-shop.ts';
import { askPermission } from './ask-permission.ts';
import { permissionText } from './permission.ts';

let shop: FakeShop | null = null;
afterEach(() => shop?.close());

const stop = new AbortController().signal;
const wanted = { token: 'secret', nowMs: 0, sessionsPerSecond: 1 };

async function permitted(): Promise<{ origin: string; host: string }> {
  const started = await startFakeShop();
  started.instead = () => ({
    status: 200,
    body: permissionText({ token: 'secret', expiresMs: 1, mostSessionsPerSecond: 1 }),
  });
  shop = started;
  return { origin: started.url, host: new URL(started.url).host };
}

it('the host is typed by whoever sits there', async () => {
  const { origin, host } = await permitted();
  const questions: string[] = [];
  const typing = (typed: string) =>
    askPermission([origin], {
      wanted,
      iOwn: null,
      stop,
      ask: async (question) => {
        questions.push(question);
        return typed;
      },
    });
  await expect(typing(` ${host}\n`)).resolves.toBeUndefined();
  expect(questions).toEqual([`This sends load to ${host}. Type its name to confirm that it is yours: `]);
  await expect(typing('yes')).rejects.toThrow(
    `${host}: found "yes" typed. Needed: its name; nothing was sent.`,
  );
});

it('where nobody sits it is given, and only for that host', async () => {
  const { origin, host } = await permitted();
  const giving = (iOwn: string | null) => askPermission([origin], { wanted, iOwn, stop, ask: null });
  await expect(giving(host)).resolves.toBeUndefined();
  await expect(giving('my.shop')).rejects.toThrow(
    `--i-own my.shop: the run would go to ${host}. Needed: --i-own ${host}`,
  );
  await expect(giving(null)).rejects.toThrow(
    `${host}: nobody confirmed that it is theirs. Needed: --i-own ${host}`,
  );
});

it('a certificate that does not verify is told as what it is, and nothing is sent', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stampede-certificate-'));
  const { certificate, key } = selfSignedCertificate(folder);
  const secure = { cert: readFileSync(certificate), key: readFileSync(key) };
  rmSync(folder, { recursive: true });
  shop = await startFakeShop({ secure });
  const asking = askPermission([shop.url], { wanted, iOwn: null, stop, ask: null });
  await expect(asking).rejects.toThrow(
    /^127\.0\.0\.1:\d+: the certificate of https:\S+ does not verify \(.*SELF_SIGNED.*NODE_EXTRA_CA_CERTS=ca\.pem\.$/,
  );
  expect(shop.requests).toEqual([]);
});
