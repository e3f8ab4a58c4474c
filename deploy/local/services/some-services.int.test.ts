import { rmSync } from 'node:fs';
import { expect, it } from 'vitest';
import { temporaryHome } from '../testing/testing.ts';
import { bringUpSome } from './stack.ts';

it('brings up only the services that are asked for', async () => {
  const home = temporaryHome('some');
  try {
    const url = process.env.STAMPEDE_TEST_DATABASE_URL ?? '';
    const told: string[] = [];
    const stack = await bringUpSome(['postgres'], {
      home,
      environment: { DATABASE_URL: url },
      onProgress: ({ service }) => void told.push(service),
    });
    expect(stack.urlOf('postgres')).toBe(url);
    expect(new Set(told)).toEqual(new Set(['postgres']));
    await stack.stop();
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});
