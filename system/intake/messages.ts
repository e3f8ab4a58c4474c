// The arrivals as messages on the broker: read, and distrusted, by the consumers.
import { ProductMessage, UserMessage } from '../contract/messages.ts';
import { TOPICS } from '../contract/topics.ts';
import { birthYearProblem } from '../customers/rules.ts';
import { createMessageReader } from '../platform/kafka/read-message.ts';
import { seoulYear } from '../platform/settings/seoul-time.ts';

/** A product on its way into the catalogue, with the id that its sender gave it. */
export type ProductArrival = ProductMessage['product'] & { id: string };
/** A person on their way into the shop, with the id that their sender gave them. */
export type UserArrival = UserMessage['user'] & { id: string };

const readProduct = createMessageReader(
  ProductMessage,
  `a product of version ${TOPICS.products.schemaVersion}`,
);
const readUser = createMessageReader(UserMessage, `a person of version ${TOPICS.users.schemaVersion}`);

/** Reads a product; throws, naming the field, when the message is not one of a known version. */
export function decodeProduct(value: Buffer | null): ProductArrival {
  const { id, product } = readProduct(value);
  const { priceKrw, listPriceKrw } = product;
  if (listPriceKrw < priceKrw)
    throw new Error(`/product/listPriceKrw is ${listPriceKrw}; needed at least the price, ${priceKrw}`);
  return { id, ...product };
}

/** Reads a person; throws, naming the field, when the message is not one of a known version. */
export function decodeUser(value: Buffer | null): UserArrival {
  const { id, user } = readUser(value);
  const problem = birthYearProblem(user, seoulYear(new Date(user.registeredAt)));
  if (problem !== null) throw new Error(problem.replace('body.', '/user/'));
  return { id, ...user };
}
