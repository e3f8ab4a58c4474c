// An order as a message on the broker: written by the kafka transport, read (and distrusted) by the consumer.
import { Compile } from 'typebox/compile';
import { OrderMessage } from '../../contract/messages.ts';
import { TOPICS } from '../../contract/topics.ts';
import type { OrderToPlace } from '../place-orders.ts';
import { repeatedProduct } from '../rules.ts';

const orderMessage = Compile(OrderMessage);

/** Writes an order; the key keeps the orders of one customer in one partition and so in their order. */
export function encodeOrder(toPlace: OrderToPlace, publishedMs: number): { key: string; value: string } {
  const { customerId, placedAt, order, stages } = toPlace;
  const message: OrderMessage = {
    version: TOPICS.orders.schemaVersion,
    customerId,
    placedAt: placedAt.toISOString(),
    order,
    stages: { receivedMs: stages.receivedMs, publishedMs },
  };
  return { key: String(customerId), value: JSON.stringify(message) };
}

/** An order that was read from the broker and waits for its batch. */
export type ReceivedOrder = Omit<OrderToPlace, 'stages'> & { stages: OrderMessage['stages'] };

/** Reads an order; throws, naming the field, when the message is not one of a known version. */
export function decodeOrder(value: Buffer | null): ReceivedOrder {
  if (value === null) throw new Error('the message is empty');
  const message: unknown = JSON.parse(value.toString('utf8'));
  if (!orderMessage.Check(message)) {
    const problems = orderMessage.Errors(message).map((error) => `${error.instancePath} ${error.message}`);
    const { schemaVersion } = TOPICS.orders;
    throw new Error(
      `the message is not an order of version ${schemaVersion}: ${problems.slice(0, 5).join('; ')}`,
    );
  }
  const repeated = repeatedProduct(message.order.lines);
  if (repeated !== undefined) throw new Error(`product ${repeated} stands in more than one line`);
  const { customerId, placedAt, order, stages } = message;
  return { customerId, placedAt: new Date(placedAt), order, stages };
}
