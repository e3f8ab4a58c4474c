// SQL of the addresses that customers' orders go to. Every statement is bound to the address's owner.
import type { Address } from '../contract/customers.ts';
import type { Queryable } from '../platform/postgres/postgres.ts';

export type AddressStore = {
  /** null when the customer has given none. */
  find(customerId: number): Promise<Address | null>;
  /** Keeps it in place of the one before. */
  keep(customerId: number, address: Address, at: Date): Promise<void>;
  /** Whether or not there is one. */
  forget(customerId: number): Promise<void>;
};

const FIND = `
  SELECT recipient, phone, postcode, street, detail FROM customer_addresses WHERE customer_id = $1`;

const KEEP = `
  INSERT INTO customer_addresses (customer_id, recipient, phone, postcode, street, detail, changed_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (customer_id) DO UPDATE
    SET recipient = excluded.recipient, phone = excluded.phone, postcode = excluded.postcode,
        street = excluded.street, detail = excluded.detail, changed_at = excluded.changed_at`;

export function createAddressStore(database: Queryable): AddressStore {
  return {
    async find(customerId) {
      const { rows } = await database.query<Address>({
        name: 'address-find',
        text: FIND,
        values: [customerId],
      });
      return rows[0] ?? null;
    },
    async keep(customerId, { recipient, phone, postcode, street, detail }, at) {
      await database.query({
        name: 'address-keep',
        text: KEEP,
        values: [customerId, recipient, phone, postcode, street, detail, at],
      });
    },
    async forget(customerId) {
      await database.query({
        name: 'address-forget',
        text: 'DELETE FROM customer_addresses WHERE customer_id = $1',
        values: [customerId],
      });
    },
  };
}
