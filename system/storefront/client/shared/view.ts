// What a page is: what it shows, made of components, and what it makes of outcomes of orders; and what it works with.
import type { ComponentChildren } from 'preact';
import type { OrderOutcome } from '../../../contract/orders.ts';
import type { Language } from '../language/language.ts';
import type { Api } from './api.ts';
import type { Behaviour } from './behaviour.ts';
import type { Cart } from './cart.ts';
import type { Live } from './live.ts';
import type { Notify } from './notices.tsx';
import type { Notifications } from './notifications.ts';
import type { OpenOrders } from './open-orders.ts';
import type { Ask } from './question.tsx';
import type { Route } from './route.ts';
import type { Session } from './session.ts';
import type { Wishes } from './wishes.ts';

export type View = {
  title: string;
  body: ComponentChildren;
  /** Hears of outcomes while it is shown; true when it shows this one itself. */
  onOutcome?: (outcome: OrderOutcome) => boolean;
};

/** What pages work with. */
export type Shop = {
  session: Session;
  api: Api;
  live: Live;
  openOrders: OpenOrders;
  cart: Cart;
  behaviour: Behaviour;
  notifications: Notifications;
  wishes: Wishes;
  /** Goes to another page, e.g. `/cart`. */
  go(address: string): void;
  /** In place of the page that was asked for; the way back leaves that one out. */
  leadTo(address: string): View;
  /** Shows the present page anew. */
  refresh(): Promise<void>;
  /** Shows the header anew: after signing in or out and when the cart has changed. */
  refreshHeader(): Promise<void>;
  notify: Notify;
  /** Asks before something that cannot be taken back. */
  ask: Ask;
  signOut(): Promise<void>;
  /** From now on the whole page is in this language. */
  changeLanguage(language: Language): Promise<void>;
};

export type Page = (route: Route, shop: Shop) => Promise<View>;
