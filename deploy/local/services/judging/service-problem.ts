// What is wrong with a service that answers but cannot be used.

/**
 * The reason in words that go on after "…, but it cannot be used: ", with the next step; kept apart from errors of a service
 * that does not answer at all.
 */
export class ServiceProblem extends Error {
  override name = 'ServiceProblem';
}

/** A service that can be used: words about what will be done differently, or what a person should know. */
export type Judgement = { url: string; notes: string[] };
