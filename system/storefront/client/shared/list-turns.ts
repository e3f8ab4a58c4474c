// Which page of a recommended list is shown and when it is another one: the next every few seconds, the first when the shop has
// pushed a new list. Nothing moves under a hand or a focus: what is due then is done when they have left.
import type { RecommendationPage } from '../../../contract/recommendations.ts';

export type ListTurns = {
  /** Call it every few seconds: shows the next page, or a new list, where it may. */
  tick(): Promise<void>;
  /** There is a list made at this time; at a connection it is often the one that is shown. */
  renew(madeAt: string): Promise<void>;
  /** Shows the next page because somebody asks for it. Rejects as the reading does. */
  next(): Promise<void>;
};

/**
 * @param deps.isHeld somebody looks closely: the pointer or the focus is there, or nobody looks at all.
 * @param deps.isPaused pages do not turn by themselves; a new list is shown all the same.
 */
export function createListTurns(
  first: RecommendationPage,
  deps: {
    read: (page: number) => Promise<RecommendationPage>;
    show: (page: RecommendationPage) => void;
    isHeld: () => boolean;
    isPaused: () => boolean;
  },
): ListTurns {
  let shown = first;
  let isNew = false;
  let isReading = false;

  async function turnTo(page: number, mayShow: () => boolean): Promise<void> {
    isReading = true;
    try {
      const read = await deps.read(page);
      if (!mayShow() || read.items.length === 0) return;
      if (page === 0) isNew = false;
      shown = read;
      deps.show(read);
    } finally {
      isReading = false;
    }
  }
  async function tick(): Promise<void> {
    if (isReading || deps.isHeld()) return;
    const page = isNew ? 0 : shown.page + 1;
    if (!isNew && (deps.isPaused() || shown.pageCount < 2)) return;
    // What cannot be read now is read at another time; what is shown stays.
    await turnTo(page, () => !deps.isHeld()).catch(() => undefined);
  }
  return {
    tick,
    async renew(madeAt) {
      if (madeAt === shown.madeAt) return;
      isNew = true;
      await tick();
    },
    async next() {
      if (!isReading) await turnTo(shown.page + 1, () => true);
    },
  };
}
