// When several generators begin, without a process.
import { expect, it, vi } from 'vitest';
import { generatorsAsOne } from './generators.ts';
import type { Generator } from './one-generator.ts';

const ignored = () => undefined;
const idle = { hasPriority: true, isScheduled: true, endEarly: ignored, stop: async () => undefined };

it('none begins where one that was ready is gone before the last one is', async () => {
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  const killed: Generator = {
    ...idle,
    run(_input, { onReady }) {
      void onReady?.(1).catch(ignored);
      return Promise.reject(new Error('killed'));
    },
  };
  const late: Generator = {
    ...idle,
    endEarly: () => end(),
    async run(_input, { onReady }) {
      await ended;
      await onReady?.(2).catch(ignored);
      return {} as never;
    },
  };
  const onWarmedUp = vi.fn();
  const listeners = { onProgress: ignored, onWarmedUp, onSecond: ignored, onAttempts: ignored };
  const running = generatorsAsOne([killed, late]).run({} as never, listeners);
  await expect(running).rejects.toThrow('Generator 1 of 2: killed');
  expect(onWarmedUp).not.toHaveBeenCalled();
});
