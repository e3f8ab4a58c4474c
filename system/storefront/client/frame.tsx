// What stands around every page: the bar above it and the line below it, in the page's language.
import { type ComponentChildren, render } from 'preact';
import { Header, type HeaderState, readHeader } from './header.tsx';
import { otherLanguage, texts } from './language/language.ts';
import { type Perform, Performing } from './shared/controls.tsx';
import { Counting } from './shared/counted.tsx';
import type { Counters } from './shared/counters.ts';
import { countText } from './shared/format.ts';
import { readRoute } from './shared/route.ts';
import type { Shop } from './shared/view.ts';
import { Wishing } from './shared/wish.tsx';
import type { Wishes } from './shared/wishes.ts';

export type Frame = {
  /** As far as it is known without asking the shop. */
  show(): void;
  /** Asks the shop who is signed in and what is in the cart. */
  refresh(): Promise<void>;
};

type Deps = {
  header: HTMLElement;
  footer: HTMLElement;
  shop: Shop;
  perform: Perform;
  counters: Counters;
  onSearch: (text: string) => void;
};

type PartsProps = {
  perform: Perform;
  counters: Counters;
  wishes: Wishes | null;
  children: ComponentChildren;
};

/** What whatever stands on the page works with. */
export function Parts({ perform, counters, wishes, children }: PartsProps) {
  return (
    <Performing.Provider value={perform}>
      <Counting.Provider value={counters}>
        <Wishing.Provider value={wishes}>{children}</Wishing.Provider>
      </Counting.Provider>
    </Performing.Provider>
  );
}

function Footer() {
  const { frame } = texts();
  return (
    <p>
      {frame.footer} <a href="/docs">{frame.interface}</a>
    </p>
  );
}

export function createFrame({ header, footer, shop, perform, counters, onSearch }: Deps): Frame {
  let state: HeaderState = { nickname: null, cartCount: 0 };
  const skip = document.querySelector('.skip');

  function show(): void {
    const search = readRoute(location.hash).query.get('search') ?? '';
    const isSignedIn = shop.session.isSignedIn();
    render(
      <Parts perform={perform} counters={counters} wishes={null}>
        <Header
          state={state}
          isSignedIn={isSignedIn}
          unread={countText(shop.notifications.unreadCount())}
          search={search}
          onSearch={onSearch}
          signOut={shop.signOut}
          changeLanguage={() => shop.changeLanguage(otherLanguage())}
        />
      </Parts>,
      header,
    );
    render(<Footer />, footer);
    if (skip !== null) skip.textContent = texts().frame.skip;
  }

  return {
    show,
    async refresh() {
      // Where the shop does not answer, it shows what it showed before: a shop that is silent signs nobody out.
      state = await readHeader(shop).catch(() => state);
      show();
    },
  };
}
