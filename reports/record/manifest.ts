// `manifest.json`: everything needed to know what was run, on what, and to run it again. It holds no secret.
import Type, { type Static } from 'typebox';

export const ServiceManifest = Type.Object({
  name: Type.String(),
  version: Type.String(),
  /** Where it came from: environment, local, compose. */
  origin: Type.String(),
  /** Settings that bear on the result, e.g. fsync, acks, maxmemory. */
  settings: Type.Record(Type.String(), Type.String()),
});
export type ServiceManifest = Static<typeof ServiceManifest>;

/** What a probe found of the machine before a comparison, held against the noise that the comparison was planned with. */
export const MachineNoise = Type.Object({
  /** SD of the log-ratio of the same work's time in neighbouring moments. */
  measuredSd: Type.Number(),
  /** SD of the paired log-ratio of the primary metric that the scenario expects. */
  expectedSd: Type.Number(),
  /** Share of the machine's CPU time that the hypervisor took away meanwhile. */
  stealRatio: Type.Number(),
  /** Load average of the minute before, by core. */
  loadPerCore: Type.Number(),
  probeSeconds: Type.Number(),
  isNoisy: Type.Boolean(),
  reasons: Type.Array(Type.String()),
});
export type MachineNoise = Static<typeof MachineNoise>;

export const Manifest = Type.Object({
  schemaVersion: Type.Literal(1),
  scenario: Type.String(),
  question: Type.String(),
  title: Type.String(),
  /** The scenario after all overrides, as plain data. */
  effectiveScenario: Type.Unknown(),
  /** Settings of the scenario that mean nothing to what was rehearsed, as paths: `shop.apiProcesses`, or a whole group. */
  withoutMeaning: Type.Optional(Type.Array(Type.String())),
  overrides: Type.Array(Type.String()),
  /** Options beside the overrides, e.g. `--quick`. */
  flags: Type.Optional(Type.Array(Type.String())),
  seed: Type.Integer(),
  replayCommand: Type.String(),
  startedAt: Type.String(),
  commit: Type.Union([Type.String(), Type.Null()]),
  commitIsDirty: Type.Boolean(),
  /** SHA-256 of the uncommitted changes; null without any, absent in runs of older versions. */
  changesHash: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  dataSet: Type.Object({
    fingerprint: Type.String(),
    description: Type.String(),
    peopleCount: Type.Integer(),
    productCount: Type.Integer(),
    /** The past that the shop started from; runs of older versions had none. */
    history: Type.Optional(
      Type.Object({ preset: Type.String(), days: Type.Integer(), orderCount: Type.Integer() }),
    ),
  }),
  /** A shop that is not ours and whose inside is not seen; absent where ours was rehearsed. */
  shop: Type.Optional(
    Type.Object({
      name: Type.String(),
      url: Type.String(),
      /** The file that says how shoppers use it. */
      file: Type.String(),
      /** ISO 4217. */
      currency: Type.String(),
      itemCount: Type.Integer(),
      inStockCount: Type.Integer(),
      categoryCount: Type.Integer(),
      /** Null where everybody is a guest. */
      accountCount: Type.Union([Type.Integer(), Type.Null()]),
      /** Verbs that its file has, and that it has not. */
      verbs: Type.Array(Type.String()),
      missingVerbs: Type.Array(Type.String()),
      /** Read-only calls of whoever runs it that the audit could use. */
      audits: Type.Array(Type.String()),
      /** Went with every request. */
      runId: Type.String(),
    }),
  ),
  machine: Type.Object({
    platform: Type.String(),
    cpuModel: Type.String(),
    coreCount: Type.Integer(),
    memoryBytes: Type.Number(),
    nodeVersion: Type.String(),
  }),
  /** Absent where nothing was compared. */
  noise: Type.Optional(MachineNoise),
  /** The rate that levels of load are multiples of; absent where they are none, or before it is known. */
  capacityPerSecond: Type.Optional(Type.Number()),
  services: Type.Array(ServiceManifest),
  /** What was planted in the shop on purpose, a sentence each: such a run tests the measurement, not the shop. */
  planted: Type.Optional(Type.Array(Type.String())),
  /** The run was cut off and went on in spite of these differences, a sentence each. */
  resumedAnyway: Type.Optional(Type.Array(Type.String())),
  /** Sentences that a reader must know to read the numbers (compression of think time, durability, one broker, …). */
  notes: Type.Array(Type.String()),
});
export type Manifest = Static<typeof Manifest>;
