// What one visitor does, told to the shop in batches: by the socket where it is open, else by HTTP. Nobody waits for it but the
// end of the visit; a batch that fails is sent again under the same ids.
import {
  type BehaviourAnswer,
  type BehaviourReport,
  MAX_BEHAVIOUR_ACTIONS,
} from '../../../system/contract/behaviour.ts';
import type { Timeline } from '../../engine/timing/timeline.ts';
import type { Deed } from './actions-of.ts';
import type { ActionsAttempt, OurShopHooks } from './attempts.ts';
import type { MeasuredRequests } from './measured-requests.ts';
import { packActions } from './packed-actions.ts';
import type { ShopSocket } from './sockets.ts';

/** Before each further try; some ten seconds in all, in which a process that was killed is back. */
const RETRY_AFTER_MS = [250, 500, 1_000, 2_000, 2_000, 2_000, 2_000] as const;

/** Refusals for want of capacity; any other would come each time. */
const PASSING = ['too-many-requests', 'temporarily-unavailable'];

type Made = { report: BehaviourReport; atMs: number };

export type BehaviourDeps = Pick<OurShopHooks, 'measures' | 'attemptedAt' | 'onAttempt'> & {
  timeline: Timeline;
  requests: Pick<MeasuredRequests, 'tell'>;
  newActionId: () => string;
  /** What happens within this time goes in one batch. */
  gatherMs: number;
  personId: number;
  socket: () => ShopSocket | null;
};

/** A class, as the visit that it is a part of; for the first action, because half of the visits do nothing worth telling. */
export class BehaviourOfVisit {
  private readonly deps: BehaviourDeps;
  private waiting: Made[] = [];
  private sending: Promise<void> | null = null;
  private callOffFlush: (() => void) | null = null;
  private readonly end = Promise.withResolvers<void>();
  private isGivenUp = false;

  constructor(deps: BehaviourDeps) {
    this.deps = deps;
  }

  /** These happen now. */
  tell(deeds: readonly Deed[]): void {
    const { gatherMs, measures, newActionId, timeline } = this.deps;
    const atMs = timeline.nowMs();
    for (const { action, target } of deeds)
      this.waiting.push({ report: { id: newActionId(), action, target }, atMs });
    measures.count('actionsMade', deeds.length);
    if (this.waiting.length >= MAX_BEHAVIOUR_ACTIONS) this.flush();
    else if (this.sending === null && this.waiting.length > 0)
      this.callOffFlush ??= timeline.wakeAt(atMs + gatherMs, () => this.flush());
  }

  /** Sends what waits; resolves when the fate of every action is known, or known not to be. */
  settled(): Promise<void> {
    this.flush();
    return this.sending ?? Promise.resolve();
  }

  /** The run is over: what is not with the shop yet is tried once more and then left. */
  giveUp(): void {
    this.isGivenUp = true;
    this.end.resolve();
  }

  private flush(): void {
    this.callOffFlush?.();
    this.callOffFlush = null;
    if (this.waiting.length === 0) return;
    this.sending ??= this.sendAll().finally(() => {
      this.sending = null;
    });
  }

  /** One batch after the other, so that they arrive in the order in which things happened. */
  private async sendAll(): Promise<void> {
    while (this.waiting.length > 0) await this.send(this.waiting.splice(0, MAX_BEHAVIOUR_ACTIONS));
  }

  private async send(batch: readonly Made[]): Promise<void> {
    const reports = batch.map(({ report }) => report);
    let isUnsure = false;
    for (let tries = 0; ; tries += 1) {
      const retryAfterMs = this.isGivenUp ? undefined : RETRY_AFTER_MS[tries];
      const answer = await this.ask(reports, tries);
      if (answer?.kind === 'accepted') return this.report(batch, 'accepted');
      const isPassing = answer === null || PASSING.includes(answer.code);
      if (answer === null || answer.code === 'temporarily-unavailable') isUnsure = true;
      if (!isPassing || retryAfterMs === undefined)
        return this.report(batch, isUnsure ? 'unknown' : 'refused', answer?.code);
      await this.pause(Math.max(retryAfterMs, answer?.retryAfterMs ?? 0));
    }
  }

  /** A batch that the socket brought no answer to goes by HTTP: it may still be held up there. */
  private ask(reports: BehaviourReport[], tries: number): Promise<BehaviourAnswer | null> {
    const bySocket = tries === 0 ? (this.deps.socket()?.tell(reports) ?? null) : null;
    return bySocket ?? this.deps.requests.tell(this.deps.personId, reports);
  }

  private async pause(durationMs: number): Promise<void> {
    const { timeline } = this.deps;
    const woken = Promise.withResolvers<void>();
    const callOff = timeline.wakeAt(timeline.nowMs() + durationMs, woken.resolve);
    await Promise.race([woken.promise, this.end.promise]);
    callOff();
  }

  private report(batch: readonly Made[], answer: ActionsAttempt['answer'], code = 'without an answer'): void {
    const { attemptedAt, measures, onAttempt, personId, timeline } = this.deps;
    const nowMs = timeline.nowMs();
    const atMs = batch[0]?.atMs ?? nowMs;
    if (answer === 'accepted') {
      measures.sample('behaviour.accepted', atMs, nowMs - atMs);
      measures.count('actionsAccepted', batch.length);
    } else {
      measures.censored('behaviour.accepted', atMs, nowMs - atMs);
      measures.failed(`actions given up: ${code}`, nowMs);
    }
    onAttempt({
      kind: 'actions',
      customerId: personId,
      attemptedAtMs: attemptedAt(atMs).attemptedAtMs,
      answer,
      packed: packActions(batch.map(({ report }) => report)),
    });
  }
}
