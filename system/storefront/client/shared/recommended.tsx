// A recommended list: four products side by side, other four every few seconds. Whoever points at it or has the focus in it, asks
// for less motion or presses Pause is not disturbed; screen readers are told nothing of what turns by itself.
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { RecommendationKind, RecommendationPage } from '../../../contract/recommendations.ts';
import { texts } from '../language/language.ts';
import { Action } from './controls.tsx';
import { createListTurns } from './list-turns.ts';
import { Cards } from './products.tsx';
import type { Shop } from './view.ts';

/** As long as somebody is assumed to stay on a page. */
const TURN_EVERY_MS = 3_000;

type RecommendedProps = { title: string; first: RecommendationPage; shop: Pick<Shop, 'api' | 'live'> };

function Recommended({ title, first, shop: { api, live } }: RecommendedProps) {
  const { kind } = first;
  const [shown, show] = useState(first);
  const [isPaused, pause] = useState(() => matchMedia('(prefers-reduced-motion: reduce)').matches);
  const section = useRef<HTMLElement>(null);
  const paused = useRef(isPaused);
  paused.current = isPaused;
  const turns = useMemo(
    () =>
      createListTurns(first, {
        read: (page) => api.recommendations(kind, page),
        show,
        isHeld: () => document.hidden || section.current?.matches(':hover, :focus-within') !== false,
        isPaused: () => paused.current,
      }),
    [],
  );
  useEffect(() => {
    const timer = setInterval(turns.tick, TURN_EVERY_MS);
    const stopListening = live.onLists((lists) => {
      const list = lists.find((one) => one.kind === kind);
      if (list !== undefined) void turns.renew(list.madeAt);
    });
    return () => {
      clearInterval(timer);
      stopListening();
    };
  }, []);
  return (
    <section class="recommended" aria-labelledby={`recommended-${kind}`} ref={section}>
      <div class="heading">
        <h2 id={`recommended-${kind}`}>{title}</h2>
        {shown.pageCount > 1 && (
          <p class="turns">
            <button
              type="button"
              class="plain"
              aria-pressed={isPaused}
              aria-describedby={`recommended-${kind}`}
              onClick={() => pause(!isPaused)}
            >
              {texts().lists.pause}
            </button>{' '}
            <Action class="plain" aria-describedby={`recommended-${kind}`} does={turns.next}>
              {texts().lists.others}
            </Action>
          </p>
        )}
      </div>
      <Cards products={shown.items} />
    </section>
  );
}

/** Nothing where the shop works none out, where it does not answer, and of one's own lists for whoever is not signed in. */
export async function recommended(shop: Shop, kind: RecommendationKind): Promise<ComponentChildren> {
  if (kind !== 'trending' && !shop.session.isSignedIn()) return null;
  const first = await shop.api.recommendations(kind, 0).catch(() => null);
  if (first === null || first.madeAt === null || first.items.length === 0) return null;
  return <Recommended key={kind} title={texts().lists[kind]} first={first} shop={shop} />;
}
