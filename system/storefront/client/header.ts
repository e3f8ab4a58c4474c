// The bar above every page: search, cart, orders, who is signed in.

import type { Api } from './shared/api.ts';
import { type Html, html } from './shared/html.ts';
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

const CART = html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M3 4h2l2.4 11h10.200L20 7H6.200M9 20h.01M17 20h.01"/></svg>`;

/** @param search that the present page shows results of. */
export function header(state: HeaderState, search: string): Html {
  return html`
    <a class="brand" href="#/"><img src="/storefront/icon.svg" alt="" width="32" height="32">Stampede</a>
    <form class="search" role="search" data-form="search">
      <input type="search" name="search" placeholder="Search products" aria-label="Search products"
        maxlength="100" value="${search}">
    </form>
    <nav class="account" aria-label="Account">
      ${
        state === null
          ? html`<a href="#/sign-in">Sign in</a>`
          : html`<a href="#/orders">My orders</a>
            <span class="who" lang="ko">${state.nickname}</span>
            <button class="plain" data-action="sign-out">Sign out</button>`
      }
      <a class="cart" href="#/cart" aria-label="Cart, ${state?.cartCount ?? 0} items">${CART}
        ${state !== null && state.cartCount > 0 && html`<span class="count">${state.cartCount}</span>`}
      </a>
    </nav>`;
}
