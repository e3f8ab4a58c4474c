// A real Prometheus with the configuration of deploy/prometheus scrapes a real shop: what the rules record and every query of
// the dashboard must give numbers.
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { watchBroker } from '../../scenarios/targets/our-shop/broker-watch.ts';
import { removeKeys } from '../../scenarios/targets/our-shop/redis-keys.ts';
import { PIPELINE } from '../grafana/plan/pipeline.ts';
import { atOneMinute, queriesOf } from '../grafana/queries-testing.ts';
import {
  describeWithPrometheus,
  startPrometheus,
  type TestPrometheus,
} from '../local/testing/vitest-prometheus.ts';
import { recordedIn, ruleFiles } from './rules-testing.ts';
import { type ScrapedShop, startScrapedShop } from './scraped-shop-testing.ts';

type ScrapeConfig = { dns_sd_configs?: object[]; static_configs?: object[] };

/** The configuration as it is deployed, with addresses in place of names in the network of the containers, and in a hurry. */
function configurationFor(targets: ScrapedShop['targets']): object {
  const text = readFileSync(join(import.meta.dirname, 'prometheus.yml'), 'utf8');
  const {
    global,
    scrape_configs: jobs,
    ...rest
  } = parse(text) as {
    global: object;
    scrape_configs: ScrapeConfig[];
  };
  const ofShop = jobs.filter((job) => job.dns_sd_configs !== undefined);
  return {
    ...rest,
    global: { ...global, scrape_interval: '1s', evaluation_interval: '1s' },
    rule_files: ruleFiles(),
    scrape_configs: ofShop.map(({ dns_sd_configs: _names, ...job }) => ({
      ...job,
      static_configs: targets.map(({ service, address }) => ({
        targets: [address],
        labels: { __meta_dns_name: service },
      })),
    })),
  };
}

describeWithPrometheus('Prometheus beside the running shop', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stampede-scraped-'));
  let shop: ScrapedShop;
  let prometheus: TestPrometheus;

  beforeAll(async () => {
    chmodSync(folder, 0o755);
    shop = await startScrapedShop(folder, {
      async topics(prefix) {
        const broker = await watchBroker((process.env.STAMPEDE_TEST_KAFKA_BROKERS ?? '').split(','), prefix);
        await broker.removeAll();
        await broker.close();
      },
      keys: (prefix) => removeKeys(process.env.STAMPEDE_TEST_REDIS_URL ?? '', prefix),
    });
    const configFile = join(folder, 'prometheus.yml');
    // JSON is YAML.
    writeFileSync(configFile, JSON.stringify(configurationFor(shop.targets)));
    prometheus = await startPrometheus({ configFile, folder });
  });
  afterAll(async () => {
    await prometheus?.stop();
    await shop?.close();
    rmSync(folder, { recursive: true });
  });

  /** The expressions that give no number now, while people shop. */
  async function withoutData(expressions: readonly string[]): Promise<string[]> {
    await shop.shopAround();
    const answers = await Promise.all(
      expressions.map(async (expr) => ({ expr, samples: await prometheus.query(expr) })),
    );
    const empty = answers.filter(({ samples }) => !samples.some(({ value }) => Number.isFinite(value)));
    return empty.map(({ expr }) => expr);
  }
  const hasData = (expressions: readonly string[]) =>
    expect.poll(() => withoutData(expressions), { timeout: 150_000, interval: 500 }).toEqual([]);

  test('reaches every process by the name of its service', async () => {
    const services = shop.targets.map(({ service }) => service);
    for (const service of services) {
      const isUp = async () => (await prometheus.query(`up{job="shop",service="${service}"}`))[0]?.value;
      await expect.poll(isUp, { timeout: 150_000, interval: 200, message: service }).toBe(1);
    }
    await shop.shopAround();
  });

  test('records every rule', async () => {
    await hasData(recordedIn(ruleFiles()));
    const { groups } = (await prometheus.get('rules')) as { groups: { rules: { health: string }[] }[] };
    const rules = groups.flatMap((group) => group.rules);
    expect(rules.length).toBeGreaterThan(20);
    expect(new Set(rules.map(({ health }) => health))).toEqual(new Set(['ok']));
  });

  test('answers every query of every panel', async () => {
    const queries = queriesOf(PIPELINE).map(({ expr }) => atOneMinute(expr));
    expect(queries.length).toBeGreaterThan(30);
    await hasData(queries);
  });

  test('knows which series do not exist', async () => {
    expect(await withoutData(['sum(shop_orders_eaten_total)'])).toEqual(['sum(shop_orders_eaten_total)']);
    await expect(prometheus.query('sum(')).rejects.toThrow(/parse error/);
  });

  test('counts as committed what was written, and no lag, once nobody orders any more', async () => {
    await shop.shopAround();
    const numberOf = async (expr: string) => (await prometheus.query(expr))[0]?.value;
    const left =
      'max(shop_topic_written_total{topic="orders"}) - max(shop_topic_committed_total{group="orders"})';
    for (const expr of [left, 'shop:topic_lag:messages{topic="orders"}'])
      await expect.poll(() => numberOf(expr), { timeout: 150_000, interval: 200 }).toBe(0);
    expect(await numberOf('max(shop_topic_committed_total{group="orders"})')).toBeGreaterThan(0);
  });
});
