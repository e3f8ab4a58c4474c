// Who is where, by the sockets of this process: people, each once however many tabs they have open. Pure.
import type { PersonId } from '../platform/features/feature.ts';

/** Somebody at some counter, as `<counter>|<person>`. */
export type Member = string;

export const memberOf = (key: string, personId: PersonId): Member => `${key}|${personId}`;

/** What has to be done so that Redis knows what this process knows. */
export type PresenceChanges = {
  entered: Member[];
  left: Member[];
  /** When the oldest of them happened, on the monotonic clock. */
  changedMs: number;
};

export type Presence = {
  /** One more socket of theirs is there. */
  enter(member: Member): void;
  leave(member: Member): void;
  /** What is not told yet, and counts as told from now on; null where there is nothing. */
  take(): PresenceChanges | null;
  /** Nothing counts as told any more: all who are there have to be told again. */
  forget(): void;
};

export function createPresence(monotonicMs: () => number): Presence {
  const socketCounts = new Map<Member, number>();
  const told = new Set<Member>();
  const touched = new Set<Member>();
  let touchedMs: number | null = null;

  function touch(member: Member): void {
    touched.add(member);
    touchedMs ??= monotonicMs();
  }
  return {
    enter(member) {
      const count = socketCounts.get(member) ?? 0;
      socketCounts.set(member, count + 1);
      if (count === 0) touch(member);
    },
    leave(member) {
      const count = socketCounts.get(member) ?? 0;
      if (count > 1) return void socketCounts.set(member, count - 1);
      if (socketCounts.delete(member)) touch(member);
    },
    take() {
      if (touchedMs === null) return null;
      const changes: PresenceChanges = { entered: [], left: [], changedMs: touchedMs };
      for (const member of touched) {
        const isThere = socketCounts.has(member);
        // Who came and went meanwhile was never there.
        if (isThere === told.has(member)) continue;
        if (isThere) {
          changes.entered.push(member);
          told.add(member);
        } else {
          changes.left.push(member);
          told.delete(member);
        }
      }
      touched.clear();
      touchedMs = null;
      return changes.entered.length + changes.left.length === 0 ? null : changes;
    },
    forget() {
      told.clear();
      touched.clear();
      for (const member of socketCounts.keys()) touch(member);
    },
  };
}
