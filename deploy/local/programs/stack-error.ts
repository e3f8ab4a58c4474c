// The kind of error that is meant for a person, in a file of its own because nearly everything here throws it.

/** A message of the stack for the person at the terminal: says what is wrong and what to do; needs no stack trace. */
export class StackError extends Error {
  override name = 'StackError';
}
