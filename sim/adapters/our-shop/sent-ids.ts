// Which ids went out by a socket, for as long as it may live: each of the newest is known, of older ones nothing is claimed.

/** More than one push can answer, several times over; 12 KB a socket. */
const REMEMBERED_MOST = 240;

export type SentIds = {
  add(id: string): void;
  /** Whether this id was surely never added. */
  isForeign(id: string): boolean;
};

/** Ids are UUIDv7, which rise with time: one that is not newer than what was forgotten may have been added. */
export function createSentIds(rememberedMost: number = REMEMBERED_MOST): SentIds {
  const remembered = new Set<string>();
  let forgottenUntil = '';
  return {
    add(id) {
      remembered.add(id);
      if (remembered.size <= rememberedMost) return;
      for (const oldest of remembered) {
        remembered.delete(oldest);
        if (oldest > forgottenUntil) forgottenUntil = oldest;
        return;
      }
    },
    isForeign: (id) => id > forgottenUntil && !remembered.has(id),
  };
}
