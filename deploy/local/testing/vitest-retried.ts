// Names the tests that passed only when they were run again: the usual reporter is silent about them, and each is a defect
// to look at.
import type { Reporter, TestCase } from 'vitest/node';

export default class RetriedReporter implements Reporter {
  readonly #retried: string[] = [];

  onTestCaseResult(test: TestCase): void {
    if (test.diagnostic()?.flaky) this.#retried.push(`${test.module.relativeModuleId} > ${test.fullName}`);
  }

  onTestRunEnd(): void {
    if (this.#retried.length === 0) return;
    console.log(`\nPassed only when run again (${this.#retried.length}); each is a defect to look at:`);
    for (const name of this.#retried) console.log(`  ${name}`);
  }
}
