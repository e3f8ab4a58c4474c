// Makes the lists of many people a few at a time: while some are stored and pushed the next are made, and whatever else the
// process does gets its turn in between.
import { setImmediate as othersTurn } from 'node:timers/promises';
import type { EngineDeps, MadeLists } from './engine.ts';

/** People whose lists are stored in one statement. */
const PEOPLE_AT_ONCE = 48;

/** Rejects as the delivery does; lists made until then may have been delivered. */
export async function deliverInTurns<One>(
  people: readonly One[],
  make: (one: One) => MadeLists,
  { deliver, model }: Pick<EngineDeps, 'deliver' | 'model'>,
): Promise<void> {
  async function deliverSome(made: readonly MadeLists[]): Promise<void> {
    await deliver(made);
    for (const { customerId, answers } of made)
      model.answered(
        customerId,
        answers.map(({ id }) => id),
      );
  }
  let delivering: Promise<void> = Promise.resolve();
  for (let start = 0; start < people.length; start += PEOPLE_AT_ONCE) {
    const made = people.slice(start, start + PEOPLE_AT_ONCE).map(make);
    await delivering;
    delivering = deliverSome(made);
    // Told where it is waited for.
    delivering.catch(() => undefined);
    await othersTurn();
  }
  await delivering;
}
