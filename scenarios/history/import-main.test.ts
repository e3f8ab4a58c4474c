import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'stampede-import-main-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The command as npm runs it for somebody in `folder`. */
function run(...args: string[]) {
  const { DATABASE_URL: _, ...environment } = process.env;
  return spawnSync(process.execPath, [join(import.meta.dirname, 'import-main.ts'), '--dry-run', ...args], {
    encoding: 'utf8',
    env: { ...environment, INIT_CWD: folder },
  });
}

it('reads a file named from where the command was typed, and says all that it did in one line each', () => {
  writeFileSync(
    join(folder, 'tea.csv'),
    'Code;Titel;Gruppe;Betrag;Farbe\nT1;Tee;a;5;x\n;;;;\nT1;Tee;a;6;x\n',
  );
  const map = ['--map', 'Code=key,Titel=name', '--map', 'Gruppe=category,Betrag=price_krw'];
  const { status, stdout, stderr } = run(...map, 'tea.csv');
  expect(stderr.split('\n')).toEqual([
    'tea.csv: read as UTF-8, semicolons between cells',
    '  tea.csv line 4: Code is "T1", as on line 2; needed is each once (--update keeps the last)',
    expect.stringMatching(/^ {2}not read: Farbe \(known are name, category, price_krw, /),
    '  1 row passed over: blank',
    '',
  ]);
  expect(stdout).toBe('1 accepted, 1 rejected; 0 imported; new categories: a (dry run)\n');
  expect(status).toBe(3);
  const updated = run('--update', ...map, 'tea.csv');
  expect(updated.stderr).toContain('  tea.csv line 2: replaced by line 4 (key "T1")');
  expect(updated.status).toBe(0);
});

it('refuses a file with its line, and a mistake in what was typed', () => {
  writeFileSync(join(folder, 'open.csv'), 'name,category,price\n"Tea,a,5\n');
  const open = run('open.csv');
  expect(open.status).toBe(3);
  expect(open.stderr).toContain('open.csv line 2: found a quote');
  expect(run('--map', 'price=cost', 'open.csv')).toMatchObject({
    status: 3,
    stderr: expect.stringContaining('--map gives price the name cost; needed is one of name, category'),
  });
  expect(run('absent.csv').status).toBe(3);
});
