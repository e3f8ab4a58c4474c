import { defineConfig } from 'vitest/config';

// The tests that need OpenSearch beside the other services, apart from the others: its jars (45 MB) and its start are paid only where they are run.
export default defineConfig({
  test: {
    include: ['{scenarios,sim,system,reports,deploy}/**/*.opensearch.test.ts'],
    globalSetup: ['deploy/local/testing/vitest-stack.ts', 'deploy/local/testing/vitest-opensearch.ts'],
    testTimeout: 180_000,
    hookTimeout: 300_000,
  },
});
