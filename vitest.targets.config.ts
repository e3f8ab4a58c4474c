import { defineConfig } from 'vitest/config';

// The two real shops and their adapters, on request and nightly: their packages (1,500) are installed once, their databases filled once.
export default defineConfig({
  test: {
    include: ['targets/*.test.ts'],
    // Each has the machine to itself.
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 900_000,
  },
});
