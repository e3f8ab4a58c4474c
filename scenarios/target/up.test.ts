import { expect, it } from 'vitest';
import { upCommand } from './up.ts';

const up = (...words: string[]) =>
  upCommand({ stop: new AbortController().signal, done: () => undefined })
    .configureOutput({ writeErr: () => undefined })
    .parseAsync(words, { from: 'user' });

it.each([
  [['vendure', '--products', '5'], '--products is 5; needed is a number from 20 to 20000.'],
  [['vendure', '--products', '30000'], '--products is 30000; needed is a number from 20 to 20000.'],
  [['medusa', '--processes', '0'], '--processes is 0; needed is a number from 1 to 8.'],
  [['medusa', '--port', '80 80'], 'needs a port from 1 to 65535'],
  [['shopware'], 'Allowed choices are vendure, medusa'],
])('says of %j what is wrong before anything is started', async (words, message) => {
  await expect(up(...words)).rejects.toThrow(message);
});
