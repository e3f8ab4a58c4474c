import { expect, it } from 'vitest';
import { createOutbox } from './outbox.ts';
import type { FromGenerator, GeneratorSecond } from './protocol/protocol.ts';

const row = {} as GeneratorSecond;
const attempt = (attemptedAtMs: number) => ({ kind: 'order', attemptedAtMs });

it('sends attempts a hundred at a time, the rest with the next row, each once and in their order', () => {
  const posted: FromGenerator[] = [];
  const outbox = createOutbox((message) => posted.push(message));
  const made = Array.from({ length: 250 }, (_, index) => attempt(index));
  for (const one of made) outbox.add(one);
  expect(posted.map(({ type }) => type)).toEqual(['attempts', 'attempts']);
  outbox.postRow(row);
  outbox.postRow(row);
  expect(posted.map(({ type }) => type)).toEqual(['attempts', 'attempts', 'second', 'attempts', 'second']);
  expect(posted.flatMap((message) => (message.type === 'attempts' ? message.attempts : []))).toEqual(made);
});
