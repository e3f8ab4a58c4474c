// The bar above every page: search, cart, orders, who is signed in.

import type { Api } from './shared/api.ts';
import { Action, Form } from './shared/controls.tsx';
import type { Session } from './shared/session.ts';

export type HeaderState = { nickname: string; cartCount: number } | null;

/** Who is signed in and how many things are in their cart; null for nobody. */
export async function readHeader({ session, api }: { session: Session; api: Api }): Promise<HeaderState> {
  if (!session.isSignedIn()) return null;
  const [customer, cart] = await Promise.all([api.me(), api.cart()]);
  return {
    nickname: customer.nickname,
    cartCount: cart.lines.reduce((sum, line) => sum + line.quantity, 0),
  };
}

type HeaderProps = {
  state: HeaderState;
  /** What the present page shows results of. */
  search: string;
  onSearch: (text: string) => void;
  signOut: () => Promise<void>;
};

function Search({ search, onSearch }: Pick<HeaderProps, 'search' | 'onSearch'>) {
  return (
    <Form
      class="search"
      role="search"
      sends={async (fields) => onSearch(String(fields.get('search') ?? '').trim())}
    >
      {/* A new one for other results; what is being typed stays when anything else changes. */}
      <input
        key={search}
        type="search"
        name="search"
        placeholder="Search products"
        aria-label="Search products"
        maxlength={100}
        defaultValue={search}
      />
    </Form>
  );
}

function Cart({ count }: { count: number }) {
  return (
    <a class="cart" href="#/cart" aria-label={`Cart, ${count} items`}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d="M3 4h2l2.4 11h10.200L20 7H6.200M9 20h.01M17 20h.01" />
      </svg>
      {count > 0 && <span class="count">{count}</span>}
    </a>
  );
}

export function Header({ state, search, onSearch, signOut }: HeaderProps) {
  return (
    <>
      <a class="brand" href="#/">
        <img src="/storefront/icon.svg" alt="" width={32} height={32} />
        Stampede
      </a>
      <Search search={search} onSearch={onSearch} />
      <nav class="account" aria-label="Account">
        {state === null ? (
          <a href="#/sign-in">Sign in</a>
        ) : (
          <>
            <a href="#/orders">My orders</a>
            <span class="who" lang="ko">
              {state.nickname}
            </span>
            <Action class="plain" does={signOut}>
              Sign out
            </Action>
          </>
        )}
        <Cart count={state?.cartCount ?? 0} />
      </nav>
    </>
  );
}
