// Where a customer's orders go, as this browser remembers it: the shop delivers nothing and is not told.
export type Address = { recipient: string; phone: string; postcode: string; street: string; detail: string };

type Kept = Pick<Storage, 'getItem' | 'setItem'>;

const keyOf = (customerId: string | null): string => `address:${customerId ?? 'nobody'}`;
const FIELDS = ['recipient', 'phone', 'postcode', 'street', 'detail'] as const;

/** null when there is none, or what is there is no address. */
export function readAddress(storage: Kept, customerId: string | null): Address | null {
  try {
    const kept = JSON.parse(storage.getItem(keyOf(customerId)) ?? 'null') as Partial<Address> | null;
    return kept !== null && FIELDS.every((field) => typeof kept[field] === 'string')
      ? (kept as Address)
      : null;
  } catch {
    return null;
  }
}

export function keepAddress(storage: Kept, customerId: string | null, address: Address): void {
  storage.setItem(keyOf(customerId), JSON.stringify(address));
}

/** On one line. */
export function addressText({ recipient, phone, postcode, street, detail }: Address): string {
  return `${recipient} · ${phone} · ${[`(${postcode})`, street, detail].filter((part) => part !== '').join(' ')}`;
}
