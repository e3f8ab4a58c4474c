// Actions that the shop keeps in another store than its database, copied beside those of the database, so that one rule serves all stores.
import type { Client } from 'pg';
import { copyRows } from '../rules/attempt-kind.ts';

/** An action as a store has it; `target` is the id of the thing or the text that was searched for. */
export type StoredAction = {
  id: string;
  customerId: number;
  action: string;
  targetType: string;
  target: string;
};

/** Writes them all, what is there several times too, into `rehearsal.actions_elsewhere`; before any rule is checked. */
export async function copyElsewhere(client: Client, actions: AsyncIterable<StoredAction>): Promise<void> {
  await copyRows(client, 'rehearsal.actions_elsewhere', rowsOf(actions));
}

async function* rowsOf(actions: AsyncIterable<StoredAction>): AsyncGenerator<string[]> {
  for await (const { id, customerId, action, targetType, target } of actions)
    yield [id, String(customerId), action, targetType, target];
}
