// Fills the empty database DATABASE_URL with the catalogue in the JSON file CATALOGUE: its tables, one country, shipping and payment,
// a collection for each category, a product with one variant and its stock for each item. Ends when the search finds all of them.
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import {
  bootstrap,
  ChannelService,
  JobQueueService,
  RequestContextService,
  TransactionalConnection,
} from '@vendure/core';
import { populate } from '@vendure/core/cli/index.js';
import { vendureConfig } from './config.js';

const POLL_MS = 250;
const LIMIT_MS = 300_000;

const { DATABASE_URL: databaseUrl, PORT, CATALOGUE = '' } = process.env;
const { categories, products } = JSON.parse(readFileSync(CATALOGUE, 'utf8'));

const initialData = {
  defaultLanguage: 'en',
  defaultZone: 'Korea',
  countries: [{ name: 'Republic of Korea', code: 'KR', zone: 'Korea' }],
  // Prices as shown are what is paid.
  taxRates: [{ name: 'Standard Tax', percentage: 0 }],
  shippingMethods: [{ name: 'Parcel', price: 3_000 }],
  paymentMethods: [
    {
      name: 'Sandbox',
      handler: {
        code: 'dummy-payment-handler',
        arguments: [{ name: 'automaticSettle', value: 'true' }],
      },
    },
  ],
  collections: categories.map(({ key, name }) => ({
    name,
    slug: key,
    filters: [{ code: 'facet-value-filter', args: { facetValueNames: [name], containsAny: false } }],
  })),
};

const COLUMNS = [
  ...['name', 'slug', 'description', 'assets', 'facets', 'optionGroups', 'optionValues', 'sku', 'price'],
  ...['taxCategory', 'stockOnHand', 'trackInventory', 'variantAssets', 'variantFacets'],
];

function csvOf() {
  const nameOf = new Map(categories.map(({ key, name }) => [key, name]));
  const quoted = (value) => `"${String(value).replaceAll('"', '""')}"`;
  const rows = products.map((product) => ({
    name: product.name,
    slug: product.sku.toLowerCase(),
    description: product.description,
    facets: `category:${nameOf.get(product.category)}`,
    sku: product.sku,
    // The import makes hundredths of it, whatever the money's digits are.
    price: product.priceKrw / 100,
    taxCategory: 'standard',
    stockOnHand: product.stockCount,
    trackInventory: 'true',
  }));
  return [COLUMNS, ...rows.map((row) => COLUMNS.map((column) => row[column] ?? ''))]
    .map((cells) => cells.map(quoted).join(','))
    .join('\n');
}

/** The shop that is made first sells in dollars. */
async function sellInWon(app) {
  const channels = app.get(ChannelService);
  const channel = await channels.getDefaultChannel();
  const ctx = await app.get(RequestContextService).create({ apiType: 'admin' });
  await channels.update(ctx, {
    id: channel.id,
    defaultCurrencyCode: 'KRW',
    availableCurrencyCodes: ['KRW'],
  });
}

async function untilFound(connection) {
  const deadlineMs = Date.now() + LIMIT_MS;
  for (;;) {
    const [{ jobs, found }] = await connection.rawConnection.query(
      `SELECT (SELECT count(*)::int FROM job_record WHERE NOT "isSettled") AS jobs,
              (SELECT count(*)::int FROM search_index_item WHERE "collectionSlugs" <> '') AS found`,
    );
    if (jobs === 0 && found >= products.length) return;
    if (Date.now() > deadlineMs)
      throw new Error(`The search has ${found} of ${products.length} products; ${jobs} jobs are not done.`);
    await delay(POLL_MS);
  }
}

const csvFile = `${CATALOGUE}.csv`;
writeFileSync(csvFile, csvOf());
const config = vendureConfig({ databaseUrl, port: Number(PORT), processCount: 1, isNew: true });
const app = await populate(
  async () => {
    const opened = await bootstrap(config);
    await opened.get(JobQueueService).start();
    await sellInWon(opened);
    return opened;
  },
  initialData,
  csvFile,
);
await untilFound(app.get(TransactionalConnection));
await app.close();
process.exit(0);
