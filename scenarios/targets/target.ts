// What a rehearsal puts load on: prepared once for a run, opened afresh for each cell, started, drained, stopped and audited.
// Whoever runs cells knows no more of it than this; which services, processes and data it is made of is its own affair.
import type { CleanUp } from '../../deploy/local/programs/clean-up.ts';
import type { StackService } from '../../deploy/local/services/stack.ts';
import type { GaugeName } from '../../reports/metrics/gauges.ts';
import type { Manifest } from '../../reports/record/manifest.ts';
import type { AuditFinding } from '../../reports/record/result.ts';
import type { TopicsInput } from '../../sim/adapters/our-shop/deliveries.ts';
import type { GeneratorSecond } from '../../sim/engine/protocol/protocol.ts';
import type { GeneratorInput } from '../../sim/generator/input.ts';
import type { ReadAttempts } from '../audit/rules/attempt-kind.ts';
import type { Faults } from '../faults/fault.ts';
import type { Axis } from '../scenario/axes.ts';
import type { Overridden } from '../scenario/overrides.ts';
import type { Scenario } from '../scenario/scenario.ts';

/** What a person is told while a target is prepared. */
export type Told = {
  /** Opens a phase; `expectedSeconds` is null where nobody knows. */
  phase(name: string, expectedSeconds: number | null): void;
  /** What the phase is doing now. */
  detail(text: string): void;
  /** A line that stays. */
  say(line: string): void;
};

/** A kind of target, as the table of targets has it. */
export type TargetKind = {
  /** What can be done to it in mid-load. */
  faults: Faults;
  /** What of it a scenario may vary. */
  axes: readonly Axis[];
  /** Whether it serves pages that a browser can walk through (sim/browser); left out: it does not. */
  hasStorefront?: true;
  /** Whether nothing of its inside is seen: no stage of an order's way, no process, no route by its template; left out: it is. */
  hidesItsInside?: true;
  /**
   * For a kind that is described by a file and found at an address, which `--target FILE` and `--url` name: the scenario as it is
   * asked of it, or every mistake.
   */
  aim?(scenario: Scenario, file: string, url: string | undefined): Overridden;
  /** Assignments that make no sense with it, a sentence each; `scenario` as its file has it. Left out: all do. */
  refused?(scenario: Scenario, assignments: readonly string[]): string[];
  /** Settings of a scenario that mean nothing to it, as paths, so that its page does not show them. Left out: none. */
  withoutMeaning?(scenario: Scenario): string[];
  /** For a kind whose data is not known before it is asked. */
  meet?: MeetTarget;
  /** Where it runs, as a reader must know it; left out: beside the generator. */
  whereNote?(scenario: Scenario): string;
  /** What a failed audit means, after its name as the subject: "the shop lost, doubled or misreported orders". */
  auditFailed: string;
  /**
   * What a reader of a run must know of its figures, a sentence each; `cells` are the scenario as its
   * single runs, or the variants of its search, have it.
   */
  notes(scenario: Scenario, cells: readonly Scenario[]): string[];
  /** Connections to its database that each API process may hold; no function where that cannot be known. */
  connectionsPerApi?: (scenario: Scenario) => number;
  /** What a run of the scenario starts from: runs with the same start from the same data. */
  fingerprint(scenario: Scenario): Promise<string>;
  /** Whether that is there already, in words, without starting anything. */
  dataSetState(scenario: Scenario): Promise<string>;
  prepare: PrepareTarget;
};

/**
 * Asks what is there, before anything is planned for good; gives the scenario as far as it depends on that.
 * @param iOwn the host that the command says is its user's own
 * @throws Error in one line, with the next step
 */
export type MeetTarget = (
  scenario: Scenario,
  input: {
    told: Pick<Told, 'detail' | 'say'>;
    iOwn: string | null;
    environment: NodeJS.ProcessEnv;
    stop: AbortSignal;
  },
) => Promise<Scenario>;

/**
 * Brings up or finds what all cells of a run share, and removes what killed runs left on it. What it opens is taken away by
 * the clean-up. Rejects when the scenario's fault cannot be done to what was found, or when `stop` is aborted.
 */
export type PrepareTarget = (
  cleanUp: CleanUp,
  input: { scenario: Scenario; told: Told; stop: AbortSignal; monotonicMs: () => number },
) => Promise<Target>;

/** Ready for cells, one after the other. */
export type Target = {
  /** What it runs on, as a manifest records it. */
  services: readonly StackService[];
  /** Brokers of its own, HOST:PORT, over which generators may join; left out where it has none. */
  kafkaBrokers?: readonly string[];
  /** As its kind's `fingerprint` says it. */
  fingerprint: string;
  /** What the manifest says of it where it started from no data set of ours. */
  about?: {
    shop: NonNullable<Manifest['shop']>;
    dataSet: Omit<Manifest['dataSet'], 'fingerprint'>;
    /** What a reader must know of it, a sentence each. */
    notes: readonly string[];
  };
  /** A world for one cell that nobody else uses, as the scenario's data set has it; nothing of it runs yet. */
  open(cleanUp: CleanUp, scenario: Scenario): Promise<OpenTarget>;
};

export type OpenTarget = {
  /** Starts it; resolves when it answers. Its processes are ended with all programs of the cell, however far it came. */
  start(input: {
    logFolder: string;
    /** True when the generator runs at a priority above normal already. */
    generatorHasPriority: boolean;
    /** The address of this machine under which its generators reach it; null where they are on this machine. */
    reachableAt: string | null;
  }): Promise<RunningTarget>;
};

export type RunningTarget = {
  /** Where the generator sends to, at least one; requests take them in turn. */
  urls: readonly string[];
  /** Where it serves its pages; left out where it has none. */
  storefrontUrl?: string;
  /** Of all that works for it now, by name: what its CPU is measured by. */
  pids(): Record<string, readonly number[]>;
  /** Rejects as soon as something of it ends by itself, or nobody may go on. */
  failed: Promise<never>;
  /** Where products and people come into it from outside; left out where they cannot, or are not to. */
  topics?: TopicsInput;
  /** Somebody's own shop, which the generator visits instead of ours. */
  yourShop?: NonNullable<GeneratorInput['yourShop']>;
  /** Told each second of the generator as it comes; left out where nothing follows from it. */
  onSecond?(second: Pick<GeneratorSecond, 'counts' | 'failures'>): void;
  /** What everybody wants who comes for an order: an item's id. Left out: what is popular. */
  wantedItem?: string;
  /** How many things wait on the way that is measured; null in it when nobody can say, as after a kill; no function where nothing waits. */
  backlogCount: (() => Promise<number | null>) | null;
  /** What it shows of itself each second, as gauges of the record; null where there is nothing to read. Left out where it shows nothing. */
  gauges?: () => Promise<Partial<Record<GaugeName, number | null>>>;
  /**
   * Waits until nothing waits between its processes any more, or for a time that is long enough for a target that is well. What
   * stays behind is no error here: the audit finds it. Rejects when `stop` is aborted.
   */
  drain(stop: AbortSignal): Promise<void>;
  /**
   * Does one of its faults to it; resolves once the blow has fallen and what would be restarted is ready again, to what the
   * page calls the moment.
   */
  strike(fault: string): Promise<string>;
  /** Ends it gracefully. */
  stop(): Promise<void>;
  /** Holds what it stored against what the generator was told; after `stop`, so that it is at rest. */
  audit(attempts: ReadAttempts): Promise<AuditFinding[]>;
};
