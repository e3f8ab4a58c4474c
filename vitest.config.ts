import { defineConfig } from 'vitest/config';

// There a machine is shared with strangers: a test may be tried twice. A reporter names each that needed it.
const retry = process.env.CI === 'true' ? 1 : 0;

// Two projects: unit tests need nothing; integration tests need the real services, which their global set-up
// brings up through the project's own stack and takes down again.
export default defineConfig({
  test: {
    reporters: ['default', './deploy/local/testing/vitest-retried.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{scenarios,sim,system,reports,deploy}/**/*.test.ts'],
          exclude: ['**/*.int.test.ts', '**/*.opensearch.test.ts', '**/node_modules/**'],
          testTimeout: 60_000,
          maxWorkers: 2,
          retry,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['{scenarios,sim,system,reports,deploy}/**/*.int.test.ts'],
          globalSetup: ['deploy/local/testing/vitest-stack.ts'],
          // On a shared machine a limit tells that something hangs, not that it is slow.
          testTimeout: 180_000,
          hookTimeout: 300_000,
          expect: { poll: { timeout: 60_000 } },
          maxWorkers: 2,
          retry,
        },
      },
    ],
    coverage: {
      provider: 'custom',
      customProviderModule: './deploy/local/testing/vitest-coverage.ts',
      include: ['{scenarios,sim,system,reports,deploy}/**/*.{ts,tsx}'],
      exclude: [
        '**/*.test.ts',
        // What only tests use, and the set-up of the tests themselves.
        '**/testing/**',
        '**/{testing,*-testing,synthetic-*}.ts',
        'deploy/local/testing/**',
        // Entry points run in processes of their own.
        '{scenarios,sim,deploy}/**/*main.ts',
        'reports/{main,compare/*main}.ts',
        'system/main.ts',
      ],
      reportOnFailure: true,
      // The floor rises with what is reached; it never sinks.
      thresholds: {
        lines: 78,
        'sim/model/**': { lines: 90 },
        'sim/shopper/**': { lines: 90 },
        'system/**/rules.ts': { lines: 90 },
        // Reached in Chromium: a collection that finds nothing must not pass.
        'reports/*/client/**': { lines: 80 },
        'system/storefront/client/**': { lines: 85 },
      },
      reporter: ['text-summary', 'lcovonly', 'json-summary'],
    },
  },
});
