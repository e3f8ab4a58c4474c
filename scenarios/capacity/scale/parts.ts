// What one session costs each part of the shop and of the rehearsal, as one run measured it, and how full a part may be. docs/scale.md
// tells where the figures come from; what follows from them is in needs.ts.

/** `npm run scenario -- peak-hour --seed 1 --duration 60` at commit 7fc46fe on two cores, PASS: means over its 60 s. */
export const MEASURED_RUN = {
  sessionsPerSecond: 130.2,
  requestsPerSession: 5.71,
  ordersPerSession: 0.0309,
  /** Sessions under way ÷ sessions a second. */
  secondsInsideCompressed: 4.75,
  thinkTimeCompression: 25,
} as const;

/** Connections of one API process, as compose and the manifests have it (DATABASE_POOL_SIZE). */
export const CONNECTIONS_PER_API_PROCESS = 10;

export type Part = {
  name: 'generator' | 'api' | 'nginx' | 'postgres' | 'kafka' | 'redis' | 'ordersConsumer';
  /** CPU of one session in it. */
  cpuMsPerSession: number;
  /** How much of its cores it may use and still be in time. */
  fullAtRatio: number;
  /** Cores that one of it can use: a Node process, Redis and one consumer one; a server as many as a large machine has. */
  coresOfOne: number;
  /** Whether more of it can be started without a change of the shop. */
  growsBy: 'processes' | 'brokers' | 'nothing';
};

const LARGE_SERVER_CORES = 64;

export const PARTS: readonly Part[] = [
  { name: 'generator', cpuMsPerSession: 1.93, fullAtRatio: 0.5, coresOfOne: 1, growsBy: 'processes' },
  { name: 'api', cpuMsPerSession: 5.36, fullAtRatio: 0.7, coresOfOne: 1, growsBy: 'processes' },
  { name: 'nginx', cpuMsPerSession: 1.08, fullAtRatio: 0.7, coresOfOne: 1, growsBy: 'processes' },
  {
    name: 'postgres',
    cpuMsPerSession: 1.46,
    fullAtRatio: 0.7,
    coresOfOne: LARGE_SERVER_CORES,
    growsBy: 'nothing',
  },
  { name: 'redis', cpuMsPerSession: 0.087, fullAtRatio: 0.7, coresOfOne: 1, growsBy: 'nothing' },
  { name: 'kafka', cpuMsPerSession: 0.49, fullAtRatio: 0.7, coresOfOne: 8, growsBy: 'brokers' },
  { name: 'ordersConsumer', cpuMsPerSession: 0.118, fullAtRatio: 0.7, coresOfOne: 1, growsBy: 'processes' },
];
