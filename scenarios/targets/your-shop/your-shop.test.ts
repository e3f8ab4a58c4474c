// A stranger's tiny shop, from the file that `init` writes to the page: what docs/your-shop.md says to type, and what is wrong with it.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { selfSignedCertificate } from '../../../deploy/local/testing/testing.ts';
import {
  type FakeShop,
  fakeItems,
  startFakeShop,
} from '../../../sim/adapters/your-shop/testing/fake-shop.ts';
import { STARTER } from '../../target/starter.ts';
import { runCommand, unhurriedGenerator } from '../../testing.ts';
import { permissionText } from './rails/permission.ts';

const folder = mkdtempSync(join(tmpdir(), 'stampede-yours-'));
const file = join(folder, 'my-shop.ts');
let shop: FakeShop;
beforeAll(async () => {
  shop = await startFakeShop({ items: fakeItems(30) });
  const made = await runCommand('scenarios/target/main.ts', folder, ['init', file]);
  expect(made.code).toBe(0);
});
afterEach(() => {
  shop.instead = null;
  shop.faults.clear();
});
afterAll(async () => {
  await shop.close();
  rmSync(folder, { recursive: true });
});

const check = (...words: string[]) =>
  runCommand('scenarios/target/main.ts', folder, ['check', file, '--url', shop.url, ...words]);
const SHORT = ['load.leadInSeconds=1', 'load.rampSeconds=1', 'load.drainSeconds=3', ...unhurriedGenerator];
const smoke = (...words: string[]) =>
  runCommand('scenarios/main.ts', folder, [
    ...['smoke', '--target', file, '--url', shop.url, '--duration', '6', '--sessions-per-second', '30'],
    ...['--out', join(folder, 'runs'), ...words, ...SHORT.flatMap((set) => ['--set', set])],
  ]);

it('check walks one shopper through every verb and says what was understood', async () => {
  const { code, stdout } = await check();
  expect(code).toBe(0);
  expect(stdout).toMatch(/catalogue +30 items, 30 in stock, in 3 categories; shoppers are guests/);
  expect(stdout).toMatch(/checkout: POST \/orders +201/);
  expect(stdout).toMatch(/✓ order +found again with 1 line/);
});

it('is rehearsed to a page that says nothing of what is not seen', { timeout: 120_000 }, async () => {
  const { code, stdout, stderr } = await smoke();
  expect(`${stdout}${stderr}`).toContain('The page:');
  expect([0, 1, 2]).toContain(code);
  const [run = ''] = readdirSync(join(folder, 'runs'));
  const result = JSON.parse(readFileSync(join(folder, 'runs', run, 'result.json'), 'utf8'));
  expect(result.cells[0].audit.map(({ rule, ok }: { rule: string; ok: boolean }) => [rule, ok])).toEqual([
    ['ok-orders-are-found-again', true],
    ['order-ids-are-unique', true],
    ['unknowns-are-looked-up', true],
  ]);
  const page = readFileSync(join(folder, 'runs', run, 'report.html'), 'utf8');
  const text = page.replace(/<(script|style)[\s\S]*?<\/\1>/g, '').replace(/<pre>[\s\S]*?<\/pre>/g, '');
  expect(text).not.toMatch(/kafka|broker|postgres|redis|consumer|database|socket|history/i);
  expect(text).toContain('nobody searches');
  const sent = shop.requests.at(-1)?.headers;
  expect(sent).toMatchObject({ 'user-agent': expect.stringMatching(/^Stampede\//) });
  expect(sent?.['stampede-run']).toMatch(/^run-/);
});

it('an order that is spoilt after it was told of fails the audit', { timeout: 120_000 }, async () => {
  shop.faults.add('changes-totals');
  const { code, stdout } = await smoke('--seed', '3');
  expect(stdout).toContain('AUDIT_FAILED');
  expect(code).toBe(2);
});

it('a storm of 503 ends the run with a sentence', { timeout: 120_000 }, async () => {
  shop.instead = ({ url }) => (url === '/products' ? null : { status: 503, body: 'busy' });
  const { code, stderr } = await smoke('--seed', '4');
  expect(code).toBe(3);
  expect(stderr).toContain('with 429 or 5xx');
});

describe('what cannot be run is one line and exit 3', () => {
  const list = (body: unknown) => () => ({
    status: 200,
    body: JSON.stringify(body),
    type: 'application/json',
  });
  const tea = { id: 'a', name: 'Tea', category: 'tea', price: 3, stock: 2 };
  it.each<[string, FakeShop['instead'], RegExp]>([
    ['HTML instead of JSON', () => ({ status: 200, body: '<!doctype html><p>Hello' }), /found HTML/],
    ['no items', list([]), /item/],
    ['no stock', list([{ ...tea, stock: 0, inStock: false }]), /stock/],
    ['prices as text', list([{ ...tea, price: '3,50 €' }]), /price/],
    ['an expired token', () => ({ status: 401, body: 'expired' }), /401/],
  ])('%s', async (_, instead, words) => {
    shop.instead = instead;
    const { code, stderr } = await smoke();
    expect(stderr).toMatch(words);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(code).toBe(3);
  });

  it('a certificate that does not verify', async () => {
    const { certificate, key } = selfSignedCertificate(folder);
    const secure = { cert: readFileSync(certificate), key: readFileSync(key) };
    await using own = new AsyncDisposableStack();
    const secured = own.adopt(await startFakeShop({ secure }), ({ close }) => close());
    const { code, stderr } = await runCommand('scenarios/main.ts', folder, [
      ...['smoke', '--target', file, '--url', secured.url],
    ]);
    expect(stderr).toMatch(/the certificate of https:\S+ does not verify .*NODE_EXTRA_CA_CERTS/);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(code).toBe(3);
    expect(secured.requests).toEqual([]);
  });

  it('nobody listens there', async () => {
    const { code, stderr } = await runCommand('scenarios/main.ts', folder, [
      ...['smoke', '--target', file, '--url', 'http://127.0.0.1:1'],
    ]);
    expect(stderr).toContain('nothing listens');
    expect(code).toBe(3);
  });

  it.each([
    ['a file that does not parse', 'export default {', /my-bad\.ts/],
    ['a file that throws', 'throw new TypeError("no such thing");', /no such thing/],
    ['an endless loop', 'for (;;);', /my-bad\.ts/],
    [
      'a type error',
      STARTER.replace("name: 'My shop'", 'name: 7'),
      /my-bad\.ts:\d+: its types do not fit .*'number'/,
    ],
    [
      'no verbs',
      "import { defineShop } from 'stampede';\nexport default defineShop({ catalogue: async () => [], visit: () => ({}) } as never);",
      /product|visit/,
    ],
  ])('%s', { timeout: 90_000 }, async (_, text, words) => {
    const bad = join(folder, 'my-bad.ts');
    writeFileSync(bad, text);
    const { code, stderr } = await runCommand('scenarios/target/main.ts', folder, [
      'check',
      bad,
      '--url',
      shop.url,
    ]);
    expect(stderr).toMatch(words);
    expect(code).toBe(3);
  });
});

describe('a host that is not this machine', () => {
  const permit = (own: object = {}) =>
    permissionText({
      token: 'secret',
      expiresMs: Date.parse('2999-01-01'),
      mostSessionsPerSecond: 50,
      ...own,
    });
  const foreign = async (text: string | null, ...words: string[]) => {
    process.env.STAMPEDE_RAILS = 'all';
    process.env.STAMPEDE_TOKEN = 'secret';
    shop.requests.length = 0;
    shop.instead = ({ url }) => {
      if (url !== '/.well-known/stampede.txt') return null;
      return text === null ? { status: 404, body: '' } : { status: 200, body: text };
    };
    try {
      return await check(...words);
    } finally {
      delete process.env.STAMPEDE_RAILS;
      delete process.env.STAMPEDE_TOKEN;
    }
  };
  it.each<[string, string | null, string]>([
    ['without the file', null, 'found status 404'],
    ['with one that is over', permit({ expiresMs: 1 }), 'which is over'],
    ['with one for somebody else', permit({ token: 'other' }), 'found that of somebody else'],
    ['that nobody confirms', permit(), 'nobody confirmed that it is theirs'],
  ])('%s is sent nothing else', async (_, text, words) => {
    const { code, stderr } = await foreign(text);
    expect(stderr).toContain(words);
    expect(code).toBe(3);
    expect(shop.requests.map(({ line }) => line)).toEqual(['GET /.well-known/stampede.txt']);
  });

  it('that permits it and is confirmed is checked', async () => {
    const { code } = await foreign(permit(), '--i-own', new URL(shop.url).host);
    expect(code).toBe(0);
  });
});
