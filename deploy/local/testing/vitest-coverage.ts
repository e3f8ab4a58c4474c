// Vitest's coverage by V8, with what the browser reached of the pages' scripts added to it. Loaded in the workers too, so
// the provider itself is only loaded where it is asked for.
import v8 from '@vitest/coverage-v8';

// Passed on rather than copied: Vitest loads this file anew for each test file, while `v8` holds the open session.
const module: typeof v8 = {
  startCoverage: (options) => v8.startCoverage?.(options),
  takeCoverage: (options) => v8.takeCoverage?.(options),
  stopCoverage: (options) => v8.stopCoverage?.(options),
  async getProvider() {
    const { BrowserAwareProvider } = await import('./vitest-coverage-provider.ts');
    return new BrowserAwareProvider();
  },
};

export default module;
