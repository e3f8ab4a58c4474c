// The topics and consumer groups over which a rehearsal and its generators speak. Their names carry the mark of the rehearsal, so that
// two on the same brokers are kept apart and what one that was killed left is removed by a later one.
import { markIn } from '../data/run-mark.ts';

export type GroupNames = {
  /** Before all of them. */
  prefix: string;
  /** What each generator is to do: a partition for each shard. */
  planTopic: string;
  /** What they measured, and all else they say. */
  measurementsTopic: string;
  /** Whose members share the partitions of the plan. */
  generatorsGroup: string;
  rehearsalGroup: string;
};

const PLAN_TOPIC = 'rehearsal.plan';

export function groupNames(mark: string): GroupNames {
  const prefix = `stampede-${mark}-`;
  return {
    prefix,
    planTopic: `${prefix}${PLAN_TOPIC}`,
    measurementsTopic: `${prefix}rehearsal.measurements`,
    generatorsGroup: `${prefix}generators`,
    rehearsalGroup: `${prefix}rehearsal`,
  };
}

/** The marks of the rehearsals that look for generators, among all topics of the brokers. */
export function marksOfRehearsals(topics: readonly string[]): string[] {
  return topics.flatMap((topic) => {
    const mark = markIn('topic', topic);
    return mark !== null && topic === groupNames(mark).planTopic ? [mark] : [];
  });
}
