// The dashboard of the year is only as good as its queries: every panel's SQL runs against a real history.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadHistory } from '../../sim/history/load/load-history.ts';

type Panel = { title: string; targets: { rawSql: string }[] };
const dashboard = JSON.parse(readFileSync(join(import.meta.dirname, 'year.json'), 'utf8')) as {
  panels: Panel[];
};
const serverUrl = process.env.STAMPEDE_TEST_DATABASE_URL ?? '';
const name = `stampede_year_${randomBytes(6).toString('hex')}`;
const run = promisify(execFile);

describe('the dashboard of the year', () => {
  const url = serverUrl === '' ? '' : Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;
  const client = new Client({ connectionString: url });

  beforeAll(async () => {
    const server = new Client({ connectionString: serverUrl });
    await server.connect();
    await server.query(`CREATE DATABASE ${name}`);
    await server.end();
    await run(process.execPath, [join(import.meta.dirname, '../../system/main.ts'), 'migrate'], {
      env: { ...process.env, DATABASE_URL: url },
    });
    await loadHistory({
      databaseUrl: url,
      settings: {
        preset: 'korea',
        seed: 1,
        people: 1_500,
        products: 400,
        days: 365,
        untilMs: Date.parse('2026-12-31T15:00:00Z'),
        growth: 'bass',
        orders: null,
        behaviourRatio: 0,
      },
    });
    await client.connect();
  });

  afterAll(async () => {
    await client.end();
    const server = new Client({ connectionString: serverUrl });
    await server.connect();
    await server.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await server.end();
  });

  it.each(dashboard.panels.map(({ title, targets }) => [title, targets] as const))(
    '%s has rows',
    async (_, targets) => {
      expect(targets.length).toBeGreaterThan(0);
      for (const { rawSql } of targets) {
        // What Grafana puts in for its macro when the whole year is shown.
        const sql = rawSql.replaceAll(/\$__timeFilter\((\w+)\)/g, "$1 BETWEEN '2026-01-01' AND '2026-12-31'");
        expect((await client.query(sql)).rowCount, sql).toBeGreaterThan(0);
      }
    },
  );
});
