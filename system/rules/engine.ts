// The rules at work: actions in, decisions out. What is given the same again decides the same again, and gives nothing twice; so a
// batch that failed is simply taken once more.
import type { Batch } from '../behaviour/transports/transport.ts';
import type { Clock } from '../platform/settings/clock.ts';
import type { Alarm, Alarms } from './alarms.ts';
import { type Decision, decide } from './decide.ts';
import type { Facts, StockFact } from './facts.ts';
import type { Give } from './give.ts';
import type { Moments, PersonsMoment } from './moments.ts';
import type { People } from './people.ts';
import { createPerson } from './person.ts';
import { ACTIVE_MS, type Remember } from './remember.ts';
import { ruleAction, textsOf } from './rule-action.ts';
import { PAGE_REST_MS, RULES } from './rules.ts';

export type RulesEngine = {
  /** Takes actions in, in the order of each person's; rejects, and is to be given the same again, where the database is away. */
  take(batches: readonly Batch[]): Promise<void>;
  /** Looks at those whose time has come; rejects where the database is away, and they come again. */
  tick(): Promise<void>;
  /** Another process found few left of a product. */
  stockFell(stock: StockFact): Promise<void>;
};

/** After an attempt that failed. */
const TRY_AGAIN_MS = 1_000;
/** The lists have an engine of their own, which the same actions drive. */
const OWN_RULES = RULES.filter(({ effect }) => effect.kind !== 'list');
const STRANGER = createPerson();

export function createRulesEngine(deps: {
  people: People;
  alarms: Alarms;
  remember: Remember;
  recall: (customerIds: readonly number[], nowMs: number) => Promise<void>;
  facts: Pick<Facts, 'categoriesOfTexts'>;
  moments: Moments;
  give: Give;
  clock: Clock;
}): RulesEngine {
  const { people, alarms, moments, give } = deps;
  const nowMs = () => deps.clock.now().getTime();

  const decideAll = (found: readonly PersonsMoment[]): Decision[] =>
    found.flatMap(({ customerId, moment, atMs }) =>
      decide(OWN_RULES, { customerId, person: people.get(customerId) ?? STRANGER }, moment, atMs),
    );

  async function momentsOfTime(due: readonly Alarm[], now: number): Promise<PersonsMoment[]> {
    const of = (kind: Alarm['kind']) =>
      due.filter((alarm) => alarm.kind === kind).map(({ customerId }) => customerId);
    const found = await Promise.all([
      moments.ofUntouchedCarts(of('cart'), now),
      moments.ofLatePurchases(of('purchase'), now),
    ]);
    const rested = of('page').flatMap((customerId): PersonsMoment[] => {
      const page = people.get(customerId)?.viewing() ?? null;
      // They may have gone on or touched their cart while an attempt failed.
      return page !== null && !page.hasTouchedCart && now - page.sinceMs >= PAGE_REST_MS
        ? [{ customerId, moment: { kind: 'page-rest', productId: page.productId }, atMs: now }]
        : [];
    });
    return [...rested, ...found.flat()];
  }
  return {
    async take(batches) {
      const now = nowMs();
      const reports = batches.flatMap(({ customerId, actions }) =>
        actions.map((report) => ({ customerId, report })),
      );
      await deps.recall(
        batches.map(({ customerId }) => customerId),
        now,
      );
      const texts = textsOf(reports.map(({ report }) => report));
      const categoryOfText = await deps.facts.categoriesOfTexts(texts);
      const acted = reports.map(({ customerId, report }) => ({
        customerId,
        action: ruleAction(report, categoryOfText),
      }));
      for (const { customerId, action } of acted) deps.remember(customerId, action, now);
      // What is told so late is counted, and brings nothing any more.
      const fresh = acted.filter(({ action }) => now - action.actedMs < ACTIVE_MS);
      await give(decideAll(await moments.ofActions(fresh, now)));
    },
    async tick() {
      const now = nowMs();
      const due = alarms.takeDue(now);
      if (due.length === 0) return;
      try {
        await give(decideAll(await momentsOfTime(due, now)));
      } catch (error) {
        for (const alarm of due) alarms.setAgain({ ...alarm, dueMs: now + TRY_AGAIN_MS });
        throw error;
      }
    },
    stockFell: (stock) => give(decideAll(moments.ofViewers(stock, nowMs()))),
  };
}
