// Where a customer's orders go, in words; the shop keeps it.
import type { Address } from '../../../contract/customers.ts';

/** On one line. */
export function addressText({ recipient, phone, postcode, street, detail }: Address): string {
  return `${recipient} · ${phone} · ${[`(${postcode})`, street, detail].filter((part) => part !== '').join(' ')}`;
}
