// The sockets of a standing crowd: each person has one, connected before the plan starts, and a visit borrows it. Tokens that
// would run out are renewed in good time, and a socket with a fresh token takes the place of the old one between orders.
import { forEachBounded } from '../../engine/timing/bounded.ts';
import type { Timeline } from '../../engine/timing/timeline.ts';
import type { OpenSocket, ShopSocket, SocketOwner } from './sockets.ts';

/** Connected or renewed at the same time: few, so that it is not a storm of its own. */
const CONNECTING_AT_ONCE = 16;
const RENEWING_AT_ONCE = 2;
/** Of a token's life, after which it is renewed: the rest is for whoever waits in line, and for a slow shop. */
const RENEW_AFTER_RATIO = 0.8;
/** No run is longer than that, and no timer may be much longer. */
const LONGEST_LIFE_MS = 24 * 3_600_000;
const REPORT_EVERY = 100;

export type StandingSockets = {
  /**
   * Connects everybody; rejects when somebody is not connected by the deadline. Who has no token is left to the one who asked
   * for them.
   */
  gather(progress: (text: string, doneCount: number, totalCount: number) => void): Promise<void>;
  /** The person's socket until the visit closes it; null for somebody who does not stand ready. */
  borrow(personId: number): ShopSocket | null;
  close(): void;
};

type Place = {
  socket: ShopSocket;
  /** Visits that have it now: somebody who acts again before the lists came is in two. */
  borrowedCount: number;
  /** Connected with a fresh token; takes the old one's place when no visit has that. */
  next: ShopSocket | null;
};

/** `personIds` are those who stand ready, each with an access token by the time that they are gathered. */
export function createStandingSockets(deps: {
  personIds: readonly number[];
  timeline: Timeline;
  openSocket: OpenSocket;
  ownerOf: (personId: number) => SocketOwner;
  /** For how long the person's newest token holds, in ms from when it was given. */
  tokenLifeMs: (personId: number) => number;
  connectDeadlineMs: number;
}): StandingSockets {
  const { timeline, personIds } = deps;
  const places = new Map<number, Place>();
  const opened = new Set<ShopSocket>();
  let callOffRenewal: () => void = () => undefined;
  let isClosed = false;

  function connect(personId: number): Promise<ShopSocket> {
    return new Promise((resolve, reject) => {
      const callOff = timeline.wakeAt(timeline.nowMs() + deps.connectDeadlineMs, () => {
        letGo(socket);
        const waited = `${deps.connectDeadlineMs / 1_000} s`;
        reject(
          new Error(
            `the socket of person ${personId} was not connected within ${waited}, needed before the plan starts; ` +
              'lower load.crowdPeople or look why the shop does not take sockets',
          ),
        );
      });
      const owner = deps.ownerOf(personId);
      const socket = deps.openSocket({
        ...owner,
        onConnect() {
          owner.onConnect();
          callOff();
          resolve(socket);
        },
      });
      opened.add(socket);
    });
  }

  function letGo(socket: ShopSocket): void {
    opened.delete(socket);
    socket.close();
  }

  function changePlaces(place: Place): void {
    if (place.next === null || place.borrowedCount > 0) return;
    letGo(place.socket);
    place.socket = place.next;
    place.next = null;
  }

  /** The old token works on meanwhile, so an order is neither held up nor lost. */
  async function renew(personId: number): Promise<void> {
    const place = places.get(personId);
    if (isClosed || place === undefined || !(await deps.ownerOf(personId).renewToken())) return;
    const fresh = await connect(personId).catch(() => null);
    // Without a fresh one the old socket connects again by itself when the shop ends it.
    if (fresh === null || isClosed) return;
    place.next = fresh;
    changePlaces(place);
  }

  function planRenewal(): void {
    const lifeMs = personIds.reduce((least, id) => Math.min(least, deps.tokenLifeMs(id)), LONGEST_LIFE_MS);
    callOffRenewal = timeline.wakeAt(timeline.nowMs() + RENEW_AFTER_RATIO * lifeMs, () => {
      void forEachBounded(personIds, RENEWING_AT_ONCE, renew).then(() => {
        if (!isClosed) planRenewal();
      });
    });
  }

  return {
    async gather(progress) {
      await forEachBounded(personIds, CONNECTING_AT_ONCE, async (personId) => {
        if (isClosed) return;
        places.set(personId, { socket: await connect(personId), borrowedCount: 0, next: null });
        if (places.size % REPORT_EVERY === 0 || places.size === personIds.length)
          progress('sockets connected', places.size, personIds.length);
      });
      if (personIds.length > 0) planRenewal();
    },
    borrow(personId) {
      const place = places.get(personId);
      if (place === undefined) return null;
      place.borrowedCount += 1;
      const { socket } = place;
      return {
        expect: socket.expect,
        forget: socket.forget,
        acts: socket.acts,
        counters: socket.counters,
        tell: socket.tell,
        close() {
          place.borrowedCount -= 1;
          changePlaces(place);
        },
      };
    },
    close() {
      isClosed = true;
      callOffRenewal();
      for (const socket of opened) socket.close();
      opened.clear();
    },
  };
}
