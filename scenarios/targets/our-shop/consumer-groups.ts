// Taking away consumer groups: Kafka refuses to while it counts a member, and it counts one that was killed until its
// session runs out.
import { setTimeout as wait } from 'node:timers/promises';
import type { Admin } from 'kafkajs';

/** Longer than the session of the shop's consumers (10 s): one that was killed is a member until then. */
export const FORGOTTEN_WITHIN_MS = 20_000;
/** Kafka's code for NON_EMPTY_GROUP. */
const HAS_MEMBERS = 68;
const POLL_MS = 500;

/**
 * Deletes the groups; those that have members are tried again for `patienceMs`. Resolves to the groups that still have some
 * then. Throws when Kafka refuses for another reason.
 */
export async function deleteGroups(
  admin: Pick<Admin, 'deleteGroups'>,
  groups: readonly string[],
  patienceMs: number,
): Promise<string[]> {
  const deadlineMs = performance.now() + patienceMs;
  let left = [...groups];
  for (;;) {
    left = await tryToDelete(admin, left);
    if (left.length === 0 || performance.now() >= deadlineMs) return left;
    await wait(POLL_MS);
  }
}

async function tryToDelete(admin: Pick<Admin, 'deleteGroups'>, groups: string[]): Promise<string[]> {
  if (groups.length === 0) return [];
  try {
    await admin.deleteGroups(groups);
    return [];
  } catch (error) {
    const refused = (error as { groups?: { groupId: string; errorCode: number }[] }).groups ?? [];
    if (refused.length === 0 || refused.some(({ errorCode }) => errorCode !== HAS_MEMBERS)) throw error;
    return refused.map(({ groupId }) => groupId);
  }
}
