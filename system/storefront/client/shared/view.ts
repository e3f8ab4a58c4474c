// What a page is: what it shows, made of components, and what it makes of outcomes of orders.
import type { ComponentChildren } from 'preact';
import type { OrderOutcome } from '../../../contract/orders.ts';
import type { Api } from './api.ts';
import type { Live } from './live.ts';
import type { Notify } from './notices.tsx';
import type { OpenOrders } from './open-orders.ts';
import type { Session } from './session.ts';

export type View = {
  title: string;
  body: ComponentChildren;
  /** Hears of outcomes while it is shown; true when it shows this one itself. */
  onOutcome?: (outcome: OrderOutcome) => boolean;
};

/** The part of the address behind #: `#/products/7?page=2`. */
export type Route = { path: string[]; query: URLSearchParams };

/** What pages work with. */
export type Shop = {
  session: Session;
  api: Api;
  live: Live;
  openOrders: OpenOrders;
  /** Goes to another page, e.g. `/cart`. */
  go(address: string): void;
  /** In place of the page that was asked for; the way back leaves that one out. */
  leadTo(address: string): View;
  /** Shows the present page anew. */
  refresh(): Promise<void>;
  /** Shows the header anew: after signing in or out and when the cart has changed. */
  refreshHeader(): Promise<void>;
  notify: Notify;
};

export type Page = (route: Route, shop: Shop) => Promise<View>;

/** Reads the part of an address behind #; broken escapes stay as they are. */
export function readRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  return { path: path.split('/').filter((part) => part !== ''), query: new URLSearchParams(query) };
}

/** The link to a page with a query; empty values are left out. */
export function link(path: string, query: Record<string, string | number | null> = {}): string {
  const present = Object.entries(query).filter(([, value]) => value !== null && value !== '');
  const text = new URLSearchParams(present.map(([name, value]) => [name, String(value)])).toString();
  return text === '' ? `#${path}` : `#${path}?${text}`;
}
