// An order as a message on the broker: written by the kafka transport, read (and distrusted) by the consumer.
import { OrderMessage } from '../../contract/messages.ts';
import { repeatedProduct } from '../../contract/orders.ts';
import { TOPICS } from '../../contract/topics.ts';
import { createMessageReader } from '../../platform/kafka/read-message.ts';
import type { OrderToPlace } from '../place-orders.ts';

const readOrder = createMessageReader(OrderMessage, `an order of version ${TOPICS.orders.schemaVersion}`);

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
  const { customerId, placedAt, order, stages } = readOrder(value);
  const repeated = repeatedProduct(order.lines);
  if (repeated !== undefined) throw new Error(`product ${repeated} stands in more than one line`);
  return { customerId, placedAt: new Date(placedAt), order, stages };
}
