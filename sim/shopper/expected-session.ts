// How long sessions last and what they ask for with the default behaviour at 20:00: what planning a run needs to know.

/**
 * Figures of 200,000 simulated sessions of BEHAVIOUR; a test holds them against a new simulation. Lengths are think
 * times only, uncompressed, in ms: divide by the compression and add what the shop takes to answer.
 */
export const EXPECTED_SESSION = {
  meanMs: 122_000,
  p95Ms: 510_000,
  meanSteps: 6.8,
  meanRequests: 4.8,
  conversionRatio: 0.035,
} as const;
