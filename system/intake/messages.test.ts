import { describe, expect, it } from 'vitest';
import { hashPassword } from '../customers/passwords.ts';
import { decodeProduct, decodeUser } from './messages.ts';
import { bytesOf, productMessage, userMessage } from './testing.ts';

describe('a product from the broker', () => {
  it('is read with the id that its sender gave it', () => {
    const message = productMessage();
    expect(decodeProduct(bytesOf(message))).toEqual({ id: message.id, ...message.product });
  });

  it.each([
    [{ ...productMessage(), version: 2 }, /not a product of version 1: \/version/],
    [{ ...productMessage(), id: 'seven' }, /\/id/],
    [productMessage({ priceKrw: 0 }), /\/product\/priceKrw/],
    [
      productMessage({ priceKrw: 500, listPriceKrw: 400 }),
      /listPriceKrw is 400; needed at least the price, 500/,
    ],
    [productMessage({ registeredAt: 'yesterday' }), /\/product\/registeredAt/],
    [
      { ...productMessage(), product: { ...productMessage().product, orderCount: 1_000 } },
      /orderCount|additional/,
    ],
  ])('is refused with the field that is wrong: %#', (message, reason) => {
    expect(() => decodeProduct(bytesOf(message))).toThrow(reason);
  });

  it('is refused when there is nothing in it', () => {
    expect(() => decodeProduct(null)).toThrow('the message is empty');
    expect(() => decodeProduct(Buffer.from('{'))).toThrow();
  });
});

describe('a person from the broker', () => {
  it('is read with the hash of a password, or with none', async () => {
    for (const passwordHash of [null, await hashPassword('correct horse')]) {
      const message = userMessage({ passwordHash });
      expect(decodeUser(bytesOf(message))).toEqual({ id: message.id, ...message.user });
    }
  });

  it.each([
    [userMessage({ passwordHash: 'correct horse' }), /\/user\/passwordHash/],
    [
      userMessage({ passwordHash: `$argon2id$v=19$m=1048576,t=2,p=1$${'a'.repeat(22)}$${'a'.repeat(43)}` }),
      /\/user\/passwordHash/,
    ],
    [userMessage({ email: 'nobody' }), /\/user\/email/],
    [userMessage({ birthYear: 2027 }), '/user/birthYear must be <= 2026'],
    [{ ...userMessage(), user: { ...userMessage().user, status: 'WITHDRAWN' } }, /\/user\/status/],
    [{ ...userMessage(), user: { ...userMessage().user, roles: ['operator'] } }, /roles|additional/],
  ])('is refused with the field that is wrong: %#', (message, reason) => {
    expect(() => decodeUser(bytesOf(message))).toThrow(reason);
  });
});
