// Takes away what rehearsals that were killed left on the brokers of their generators.
import type { Admin } from 'kafkajs';
import { isAbandoned, type MarkObserver, markIn } from '../data/run-mark.ts';
import { groupNames } from './names.ts';

/** A leftover keeps no rehearsal from running: what cannot be removed is left to the next one. */
export async function sweepGroups(
  admin: Pick<Admin, 'listTopics' | 'listGroups' | 'deleteTopics' | 'deleteGroups'>,
  observer: MarkObserver,
): Promise<void> {
  const isLeft = (name: string): boolean => {
    const mark = markIn('topic', name);
    return mark !== null && isAbandoned(mark, observer) && Object.values(groupNames(mark)).includes(name);
  };
  try {
    const topics = (await admin.listTopics()).filter(isLeft);
    if (topics.length > 0) await admin.deleteTopics({ topics });
    const { groups } = await admin.listGroups();
    const left = groups.map(({ groupId }) => groupId).filter(isLeft);
    if (left.length > 0) await admin.deleteGroups(left);
  } catch {
    // Somebody else sweeps at the same time, or a killed generator still counts as a member.
  }
}
