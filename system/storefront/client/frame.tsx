// What stands around every page: the bar above it and the line below it, in the page's language.
import { render } from 'preact';
import { Header, type HeaderState, readHeader } from './header.tsx';
import { language, texts } from './language/language.ts';
import { type Perform, Performing } from './shared/controls.tsx';
import { readRoute } from './shared/route.ts';
import type { Shop } from './shared/view.ts';

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
  onSearch: (text: string) => void;
};

function Footer() {
  const { frame } = texts();
  return (
    <p>
      {frame.footer} <a href="/docs">{frame.interface}</a>
    </p>
  );
}

export function createFrame({ header, footer, shop, perform, onSearch }: Deps): Frame {
  let state: HeaderState = { nickname: null, cartCount: 0 };
  const skip = document.querySelector('.skip');

  function show(): void {
    const search = readRoute(location.hash).query.get('search') ?? '';
    render(
      <Performing.Provider value={perform}>
        <Header
          state={state}
          isSignedIn={shop.session.isSignedIn()}
          search={search}
          onSearch={onSearch}
          signOut={shop.signOut}
          changeLanguage={() => shop.changeLanguage(language() === 'en' ? 'ko' : 'en')}
        />
      </Performing.Provider>,
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
