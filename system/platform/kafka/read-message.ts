// What a message on the broker is distrusted by: its value is JSON of the shape that the contract gives its topic.
import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';

const MOST_PROBLEMS = 5;

/**
 * Makes the reader of messages of one shape. It throws, naming the fields, when a message is not one.
 * @param what the message in words and with its version, such as `an order of version 1`.
 */
export function createMessageReader<Schema extends TSchema>(
  schema: Schema,
  what: string,
): (value: Buffer | null) => Static<Schema> {
  const compiled = Compile(schema);
  return (value) => {
    if (value === null) throw new Error('the message is empty');
    const message: unknown = JSON.parse(value.toString('utf8'));
    if (compiled.Check(message)) return message;
    const problems = compiled.Errors(message).map((error) => `${error.instancePath} ${error.message}`);
    throw new Error(`the message is not ${what}: ${problems.slice(0, MOST_PROBLEMS).join('; ')}`);
  };
}
