// Run by `medusa exec`: fills the migrated, empty database with the catalogue in the JSON file CATALOGUE: one region and warehouse, shipping
// and payment, a category for each of ours, a product with one variant and its stock for each item; and the key of the storefront.
const { readFileSync } = require('node:fs');
const { ContainerRegistrationKeys, Modules } = require('@medusajs/framework/utils');
const flows = require('@medusajs/medusa/core-flows');

const CURRENCY = 'krw';
const COUNTRY = 'kr';
const BATCH_COUNT = 50;

exports.default = async function seed({ container }) {
  const { categories, products } = JSON.parse(readFileSync(process.env.CATALOGUE ?? '', 'utf8'));
  const run = async (workflow, input) => (await workflow(container).run({ input })).result;
  const channel = await openStore(container, run);
  const location = await openWarehouse(container, run, channel);
  const profile = await offerShipping(container, run, location);
  await makeKey(container, run, channel);
  const made = await run(flows.createProductCategoriesWorkflow, {
    product_categories: categories.map(({ key, name }) => ({ name, handle: key, is_active: true })),
  });
  const categoryIds = new Map(made.map(({ handle, id }) => [handle, id]));
  for (const batch of batches(products)) {
    await run(flows.createProductsWorkflow, {
      products: batch.map((product) => productOf(product, { channel, profile, categoryIds })),
    });
  }
  await stockUp(container, run, location, products);
};

async function openStore(container, run) {
  const [channel] = await run(flows.createSalesChannelsWorkflow, {
    salesChannelsData: [{ name: 'Storefront' }],
  });
  const [store] = await container.resolve(Modules.STORE).listStores();
  await run(flows.updateStoresWorkflow, {
    selector: { id: store.id },
    update: {
      supported_currencies: [{ currency_code: CURRENCY, is_default: true }],
      default_sales_channel_id: channel.id,
    },
  });
  await run(flows.createRegionsWorkflow, {
    regions: [
      {
        name: 'Korea',
        currency_code: CURRENCY,
        countries: [COUNTRY],
        payment_providers: ['pp_system_default'],
      },
    ],
  });
  await run(flows.createTaxRegionsWorkflow, [{ country_code: COUNTRY, provider_id: 'tp_system' }]);
  return channel;
}

async function openWarehouse(container, run, channel) {
  const [location] = await run(flows.createStockLocationsWorkflow, {
    locations: [{ name: 'Warehouse', address: { city: 'Seoul', country_code: 'KR', address_1: '' } }],
  });
  await container.resolve(ContainerRegistrationKeys.LINK).create({
    [Modules.STOCK_LOCATION]: { stock_location_id: location.id },
    [Modules.FULFILLMENT]: { fulfillment_provider_id: 'manual_manual' },
  });
  await run(flows.linkSalesChannelsToStockLocationWorkflow, { id: location.id, add: [channel.id] });
  return location;
}

async function offerShipping(container, run, location) {
  const [profile] = await run(flows.createShippingProfilesWorkflow, {
    data: [{ name: 'Parcels', type: 'default' }],
  });
  const set = await container.resolve(Modules.FULFILLMENT).createFulfillmentSets({
    name: 'Parcels',
    type: 'shipping',
    service_zones: [{ name: 'Korea', geo_zones: [{ country_code: COUNTRY, type: 'country' }] }],
  });
  await container.resolve(ContainerRegistrationKeys.LINK).create({
    [Modules.STOCK_LOCATION]: { stock_location_id: location.id },
    [Modules.FULFILLMENT]: { fulfillment_set_id: set.id },
  });
  await run(flows.createShippingOptionsWorkflow, [
    {
      name: 'Parcel',
      price_type: 'flat',
      provider_id: 'manual_manual',
      service_zone_id: set.service_zones[0].id,
      shipping_profile_id: profile.id,
      type: { label: 'Parcel', description: 'In three days.', code: 'parcel' },
      prices: [{ currency_code: CURRENCY, amount: 3_000 }],
      rules: [
        { attribute: 'enabled_in_store', value: 'true', operator: 'eq' },
        { attribute: 'is_return', value: 'false', operator: 'eq' },
      ],
    },
  ]);
  return profile;
}

/** Medusa makes the token up; the adapter is to know it. */
async function makeKey(container, run, channel) {
  const [key] = await run(flows.createApiKeysWorkflow, {
    api_keys: [{ title: 'Storefront', type: 'publishable', created_by: '' }],
  });
  await run(flows.linkSalesChannelsToApiKeyWorkflow, { id: key.id, add: [channel.id] });
  await container
    .resolve(ContainerRegistrationKeys.PG_CONNECTION)
    .raw('UPDATE api_key SET token = ?, redacted = ? WHERE id = ?', [
      process.env.MEDUSA_PUBLISHABLE_KEY ?? 'pk_stampede',
      'pk_***',
      key.id,
    ]);
}

function productOf(product, { channel, profile, categoryIds }) {
  return {
    title: product.name,
    handle: product.sku.toLowerCase(),
    description: product.description,
    status: 'published',
    category_ids: [categoryIds.get(product.category)],
    shipping_profile_id: profile.id,
    sales_channels: [{ id: channel.id }],
    options: [{ title: 'Size', values: ['One'] }],
    variants: [
      {
        title: 'One',
        sku: product.sku,
        manage_inventory: true,
        allow_backorder: false,
        options: { Size: 'One' },
        prices: [{ currency_code: CURRENCY, amount: product.priceKrw }],
      },
    ],
  };
}

async function stockUp(container, run, location, products) {
  const { data } = await container.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: 'inventory_item',
    fields: ['id', 'sku'],
  });
  const idOf = new Map(data.map(({ sku, id }) => [sku, id]));
  for (const batch of batches(products)) {
    await run(flows.createInventoryLevelsWorkflow, {
      inventory_levels: batch.map(({ sku, stockCount }) => ({
        inventory_item_id: idOf.get(sku),
        location_id: location.id,
        stocked_quantity: stockCount,
      })),
    });
  }
}

function batches(products) {
  const count = Math.ceil(products.length / BATCH_COUNT);
  return Array.from({ length: count }, (_, at) => products.slice(at * BATCH_COUNT, (at + 1) * BATCH_COUNT));
}
