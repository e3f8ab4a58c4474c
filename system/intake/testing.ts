// Arrivals for tests, as messages on the broker. Not used by the shop itself.
import { randomUUID } from 'node:crypto';
import type { ProductMessage, UserMessage } from '../contract/messages.ts';

/** A product of category 1, with whatever is to be different. */
export function productMessage(
  changes: Partial<ProductMessage['product']> = {},
  id: string = randomUUID(),
): ProductMessage {
  const product = {
    categoryId: 1,
    name: 'A thing',
    description: 'New',
    tags: ['new', 'thing'],
    priceKrw: 10_000,
    listPriceKrw: 12_000,
    stockCount: 5,
    image: '',
    registeredAt: '2026-11-27T11:00:00.000Z',
    ...changes,
  };
  return { version: 1, id, product };
}

/** A person whose e-mail nobody else has, with whatever is to be different. */
export function userMessage(
  changes: Partial<UserMessage['user']> = {},
  id: string = randomUUID(),
): UserMessage {
  const user = {
    email: `New.${id}@example.test`,
    passwordHash: null,
    name: 'Kim',
    nickname: 'k',
    gender: 'F' as const,
    birthYear: 1990,
    region: 'Seoul' as const,
    status: 'DORMANT' as const,
    marketingConsent: true,
    registeredAt: '2026-11-27T11:00:00.000Z',
    ...changes,
  };
  return { version: 1, id, user };
}

/** The value as it comes from the broker. */
export const bytesOf = (message: unknown): Buffer => Buffer.from(JSON.stringify(message));
