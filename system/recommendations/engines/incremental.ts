// The engine that actions drive: what comes off the topic together is learnt, then each person in it gets the lists that their
// actions bear on, a few people at a time, so that the first need not wait for the last.
import { RECOMMENDATION_KINDS, type RecommendationKind } from '../../contract/recommendations.ts';
import { inOrder } from '../model.ts';
import { deliverInTurns } from './deliver-in-turns.ts';
import { ACTIVE_MS, type Arrived, type MadeLists, type StartEngine, type Unanswered } from './engine.ts';

type Person = { kinds: Set<RecommendationKind>; answers: Map<string, Arrived['stages'] | null> };

export const startIncrementalEngine: StartEngine = (deps, unanswered) => {
  const { model, clock, metrics } = deps;

  function make([customerId, { kinds, answers }]: [number, Person]): MadeLists {
    const startedMs = clock.monotonicMs();
    const lists = model.listsOf(customerId, inOrder(kinds), clock.now().toISOString());
    metrics.made(kinds, clock.monotonicMs() - startedMs);
    const answered = [...answers].map(([id, stages]) => ({ id, stages: stages && { ...stages, startedMs } }));
    return { customerId, lists, answers: answered };
  }

  /** Everybody's actions first, then the lists: so all lists know of all actions that came together. */
  function learn(arrived: readonly Arrived[]): Map<number, Person> {
    const people = new Map<number, Person>();
    for (const { customerId, report, stages } of arrived) {
      const kinds = model.learn(customerId, report, stages.receivedMs);
      // Delivered again after its push, or so long ago that nobody waits for it.
      const isOld = clock.monotonicMs() - stages.receivedMs > ACTIVE_MS;
      if (isOld || model.isAnswered(customerId, report.id)) continue;
      const person = people.get(customerId) ?? { kinds: new Set(), answers: new Map() };
      people.set(customerId, person);
      for (const kind of kinds) person.kinds.add(kind);
      person.answers.set(report.id, stages);
    }
    return people;
  }
  const everything = ({ customerId, actionIds }: Unanswered): [number, Person] => [
    customerId,
    {
      kinds: new Set(RECOMMENDATION_KINDS),
      answers: new Map(actionIds.map((id) => [id, null])),
    },
  ];
  const beginning = deliverInTurns(unanswered.map(everything), make, deps).catch((error) =>
    deps.log.warn({ err: error }, 'lists that a stop had left open wait for the next action of their people'),
  );
  return {
    take: (arrived) => deliverInTurns([...learn(arrived)], make, deps),
    close: () => beginning,
  };
};
