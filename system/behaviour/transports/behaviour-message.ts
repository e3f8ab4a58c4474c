// A batch of actions as a message on the broker: written by the kafka transport, read (and distrusted) by the consumer.
import { Compile } from 'typebox/compile';
import { BehaviourMessage } from '../../contract/messages.ts';
import { TOPICS } from '../../contract/topics.ts';
import type { Batch } from './transport.ts';

const behaviourMessage = Compile(BehaviourMessage);

/** Writes a batch; the key keeps the actions of one person in one partition and so in their order. */
export function encodeBatch({ customerId, actions, receivedMs }: Batch): { key: string; value: string } {
  const message: BehaviourMessage = {
    version: TOPICS.behaviour.schemaVersion,
    customerId,
    receivedMs,
    actions: actions.map(({ id, action, target, actedAt }) => ({
      id,
      action,
      target,
      actedAt: actedAt.toISOString(),
    })),
  };
  return { key: String(customerId), value: JSON.stringify(message) };
}

/** Reads a batch; throws, naming the field, when the message is not one of a known version. */
export function decodeBatch(value: Buffer | null): Batch {
  if (value === null) throw new Error('the message is empty');
  const message: unknown = JSON.parse(value.toString('utf8'));
  if (!behaviourMessage.Check(message)) {
    const problems = behaviourMessage
      .Errors(message)
      .map((error) => `${error.instancePath} ${error.message}`);
    throw new Error(
      `the message is not a batch of actions of version ${TOPICS.behaviour.schemaVersion}: ${problems.slice(0, 5).join('; ')}`,
    );
  }
  const { customerId, receivedMs } = message;
  const actions = message.actions.map(({ id, action, target, actedAt }) => ({
    id,
    action,
    target,
    customerId,
    actedAt: new Date(actedAt),
  }));
  return { customerId, receivedMs, actions };
}
