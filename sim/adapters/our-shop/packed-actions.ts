// The actions of a batch as one text, a line for each: a run makes hundreds of them a second, and every one is kept for the audit.
import type { BehaviourReport } from '../../../system/contract/behaviour.ts';

/** An action as the audit compares it: `target` is the id of a thing, or the text that was searched for. */
export type PackedAction = { id: string; action: string; targetType: string; target: string };

/** `<id> <action> <type of its target> <target>` for each, a line feed between two; searched texts have none. */
export function packActions(reports: readonly BehaviourReport[]): string {
  return reports
    .map(({ id, action, target }) => {
      const what = target.type === 'text' ? target.text : target.id;
      return `${id} ${action} ${target.type} ${what}`;
    })
    .join('\n');
}

/** @throws Error when the text is none of packActions */
export function unpackActions(packed: string): PackedAction[] {
  return packed.split('\n').map((line) => {
    const [, id, action, targetType, target] = /^(\S+) (\S+) (\S+) (.+)$/.exec(line) ?? [];
    if (id === undefined || action === undefined || targetType === undefined || target === undefined)
      throw new Error(`found the action ${line}, needed its id, action, type and target`);
    return { id, action, targetType, target };
  });
}
