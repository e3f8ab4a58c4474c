// The bar above every page: search, language, who is signed in, orders, cart.
import { LANGUAGE_NAMES, otherLanguage, texts } from './language/language.ts';
import { Action, Form, fieldText } from './shared/controls.tsx';
import { ShopCount } from './shared/counted.tsx';
import { Icon } from './shared/icons.tsx';
import type { Shop } from './shared/view.ts';

/** `nickname` is null for nobody, and as long as it is not known. */
export type HeaderState = { nickname: string | null; cartCount: number };

/** `unread` is null where there are no notifications. */
type OwnProps = { nickname: string | null; unread: string | null } & Pick<HeaderProps, 'signOut'>;

/** Who is signed in and how many things are in the cart. */
export async function readHeader({
  session,
  api,
  cart,
}: Pick<Shop, 'session' | 'api' | 'cart'>): Promise<HeaderState> {
  const [customer, cartCount] = await Promise.all([session.isSignedIn() ? api.me() : null, cart.count()]);
  return { nickname: customer?.nickname ?? null, cartCount };
}

type HeaderProps = {
  state: HeaderState;
  isSignedIn: boolean;
  unread: string | null;
  /** What the present page shows results of. */
  search: string;
  onSearch: (text: string) => void;
  signOut: () => Promise<void>;
  changeLanguage: () => Promise<void>;
};

function Search({ search, onSearch }: Pick<HeaderProps, 'search' | 'onSearch'>) {
  const { header } = texts();
  return (
    <Form class="search" role="search" sends={async (fields) => onSearch(fieldText(fields, 'search'))}>
      {/* A new one for other results; what is being typed stays when anything else changes. */}
      <input
        key={search}
        type="search"
        name="search"
        placeholder={header.search}
        aria-label={header.search}
        maxlength={100}
        defaultValue={search}
      />
    </Form>
  );
}

function Cart({ count }: { count: number }) {
  return (
    <a class="icon cart" href="#/cart" aria-label={texts().header.cart(count)}>
      <Icon name="cart" />
      {count > 0 && <span class="count">{count}</span>}
    </a>
  );
}

function Bell({ unread }: { unread: string }) {
  return (
    <a class="icon" href="#/notifications" aria-label={texts().notifications.unreadOf(unread)}>
      <Icon name="bell" />
      {unread !== '0' && <span class="count">{unread}</span>}
    </a>
  );
}

function Own({ nickname, unread, signOut }: OwnProps) {
  const { header } = texts();
  return (
    <>
      <a class="wide-only" href="#/orders">
        {header.myOrders}
      </a>
      <a class="icon me" href="#/me" aria-label={header.myPage}>
        <Icon name="person" />
        <span class="who wide-only">{nickname}</span>
      </a>
      <Action class="plain wide-only" does={signOut}>
        {header.signOut}
      </Action>
      {unread !== null && <Bell unread={unread} />}
    </>
  );
}

export function Header(props: HeaderProps) {
  const { state, isSignedIn, unread, search, onSearch, signOut, changeLanguage } = props;
  const { header } = texts();
  return (
    <>
      <a class="brand" href="#/">
        <img src="/storefront/icon.svg" alt="" width={32} height={32} />
        Stampede
      </a>
      <Search search={search} onSearch={onSearch} />
      <ShopCount />
      <nav class="account" aria-label={header.account}>
        <Action class="plain language" lang={otherLanguage()} does={changeLanguage}>
          {LANGUAGE_NAMES[otherLanguage()]}
        </Action>
        {isSignedIn ? (
          <Own nickname={state.nickname} unread={unread} signOut={signOut} />
        ) : (
          <a href="#/sign-in">{header.signIn}</a>
        )}
        <Cart count={state.cartCount} />
      </nav>
    </>
  );
}
