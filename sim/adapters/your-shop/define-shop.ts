// What somebody writes so that a shop of theirs can be rehearsed: verbs, in one file. Deadlines, timing, cookies, keep-alive and
// trace headers are the rehearsal's; a verb that is left out switches off what people would do with it, and the page says so.

/** Something for sale. `id` is whatever the shop's own verbs need to find it again. */
export type Item = {
  id: string;
  name: string;
  /** As the shop calls it; lists are asked for by it. */
  category: string;
  /** As shown to shoppers, in whole units of the shop's currency and their fractions; left out: its page tells. */
  price?: number | undefined;
  /** Left out: true. */
  inStock?: boolean | undefined;
  /** Pieces at hand, where the shop tells. */
  stock?: number | undefined;
  /** Where its page is, for shops whose pages have addresses of their own. */
  path?: string | undefined;
};

/** An account of the shop's, from a CSV with a header of these names; a guest has a name and an address made for the run. */
export type ShopPerson = {
  /** Everybody's own; ends in `@stampede.example` for guests. */
  email: string;
  /** Null for a guest. */
  password: string | null;
  name: string;
  /** All columns of the row, by header. */
  columns: Readonly<Record<string, string>>;
};

/** An item as a list shows it; what is left out is taken from the catalogue. */
export type SeenItem = { id: string; price?: number | undefined; inStock?: boolean | undefined };

export type SeenList = { items: readonly SeenItem[]; hasNext?: boolean | undefined };

export type SeenProduct = {
  price?: number | undefined;
  inStock?: boolean | undefined;
  stock?: number | undefined;
};

export type ShopLine = { item: Item; quantity: number };

/** A line as the shop read it back, by the item's `id`. */
export type SeenLine = { id: string; quantity: number; price?: number | undefined };

export type SeenCart = { lines: readonly SeenLine[]; total?: number | undefined };

/** How a checkout ended. Throwing, or no answer before the deadline, means that nobody knows: it is looked up. */
export type Outcome =
  | { is: 'ok'; orderId: string; total?: number | undefined }
  /** The shop said no: no order stands. `because` in its own word, such as `sold-out`. */
  | { is: 'rejected'; because: string; orderId?: string | undefined }
  /** Taken, and to be asked for with `outcome`. */
  | { is: 'pending'; orderId: string };

/** An order as the shop keeps it. */
export type ShopOrder = {
  orderId: string;
  lines: readonly SeenLine[];
  total?: number | undefined;
  /** Left out: it stands. */
  state?: 'stands' | 'cancelled' | 'pending' | undefined;
};

/** A refusal of a step that is no order: the item is gone, or fewer are left than asked for. */
export type Refusal = { is: 'rejected'; because: string };

export type Answer = {
  status: number;
  /** A header of the answer, by its name in any case; null when it has none. */
  header(name: string): string | null;
  text(): string;
  /** @throws Error that shows the beginning of what came instead */
  json<T = unknown>(): T;
};

export type RequestOptions = {
  headers?: Readonly<Record<string, string>>;
  /** Sent as JSON unless it is text (then as it is) or URLSearchParams (then as a form). */
  body?: unknown;
  /** Statuses besides 2xx and 3xx that are an answer and no failure, such as 404 or 409. */
  accept?: readonly number[];
};

/** What the shop said by itself. */
export type Message = {
  text(): string;
  /** @throws Error that shows the beginning of what came instead */
  json<T = unknown>(): T;
};

/**
 * All that the shop says by itself, in its order and from when it was opened on: `for await (const message of messages)`. Leaving the
 * loop loses nothing; the next one goes on. It ends with the visit, and throws where the connection breaks before.
 */
export type Messages = AsyncIterable<Message>;

export type Socket = Messages & {
  /** As JSON unless it is text. */
  send(data: unknown): void;
};

/**
 * A visitor's way to the shop, with cookies of its own. `name` is the route under which a request stands in every table: the same
 * for all products. Paths begin with `/` and are relative to the origin of `--url`; an address of another declared origin is given
 * whole. Redirects are followed on declared origins only, each as one more request of the same name, unless their status is among
 * `accept`. Rejects on a status that was not to be expected, on the deadline, and on no answer. Every request carries a
 * `traceparent` of its own, all of one visit in one trace.
 */
export type Http = {
  get(name: string, path: string, options?: RequestOptions): Promise<Answer>;
  post(name: string, path: string, body?: unknown, options?: RequestOptions): Promise<Answer>;
  put(name: string, path: string, body?: unknown, options?: RequestOptions): Promise<Answer>;
  patch(name: string, path: string, body?: unknown, options?: RequestOptions): Promise<Answer>;
  delete(name: string, path: string, options?: RequestOptions): Promise<Answer>;
  /** Posts to the shop's GraphQL address (`graphqlPath`) and gives `data`; `errors` in the answer are a failure. */
  graphql<T = unknown>(
    name: string,
    document: string,
    variables?: Readonly<Record<string, unknown>>,
    options?: RequestOptions & { path?: string | undefined },
  ): Promise<{ data: T; answer: Answer }>;
  /**
   * Opens a stream of server-sent events, with the visit's headers and cookies, and gives those of one type (`event`, default
   * `message`). Opening it is measured like a request, and rejects like one; no redirect is followed.
   */
  events(
    name: string,
    path: string,
    options?: Pick<RequestOptions, 'headers'> & { event?: string | undefined },
  ): Promise<Messages>;
  /** Opens a WebSocket, as `events`; `path` as in requests, so with http or https where it is a whole address. */
  socket(
    name: string,
    path: string,
    options?: Pick<RequestOptions, 'headers'> & { protocols?: readonly string[] | undefined },
  ): Promise<Socket>;
  /** Sends this header with all later requests of the visit, such as a token; null leaves it out again. */
  header(name: string, value: string | null): void;
  /** The order that a checkout under way will have, where the shop names it before: looked up if the end is never heard. */
  orderWillBe(orderId: string): void;
};

/** What one visitor can do. Only `list` or `home`, `product`, `setLine` and `checkout` are needed for people to buy. */
export type ShopVisit = {
  /** Before anything else: a session, a sign-in, a token. */
  arrive?(): Promise<void>;
  home?(): Promise<SeenList | undefined>;
  /** @param page from 1 */
  list?(category: string, page: number): Promise<SeenList>;
  search?(text: string, page: number): Promise<SeenList>;
  product(item: Item): Promise<SeenProduct | undefined>;
  /** Makes the cart hold so many of it. */
  setLine(item: Item, quantity: number): Promise<Refusal | undefined>;
  removeLine?(item: Item): Promise<Refusal | undefined>;
  cart?(): Promise<SeenCart>;
  /** Orders what is in the cart, which `lines` tells, and pays by the shop's sandbox only. */
  checkout(lines: readonly ShopLine[]): Promise<Outcome>;
  /**
   * How a pending order, or one whose end was not heard, stands; asked again until it is decided or the deadline is over. It may ask
   * the shop, or wait for what the shop says by itself (`http.events`, `http.socket`, `hooks.wait`).
   */
  outcome?(orderId: string): Promise<Outcome>;
  /** The order as the shop keeps it; null when there is none. Every order is looked up with it for the audit. */
  order?(orderId: string): Promise<ShopOrder | null>;
  /** What this person ordered, newest first. */
  orders?(): Promise<readonly ShopOrder[]>;
  cancel?(orderId: string): Promise<Refusal | undefined>;
};

/** Read-only calls of whoever runs the shop, with an `http` of their own; what they send is not measured. */
export type ShopAudit = {
  /** All orders placed since then, whoever placed them. */
  ordersSince?(http: Http, instant: Date): Promise<readonly ShopOrder[]>;
  /** Pieces that can still be sold, by item. */
  stock?(http: Http, items: readonly Item[]): Promise<Readonly<Record<string, number>>>;
};

/** A webhook of the shop's, as this machine received it. */
export type Hook = Message & {
  /** With its query. */
  path: string;
  /** By its name in any case; null when it has none. */
  header(name: string): string | null;
};

/** Where the shop posts what becomes of its orders: `http://127.0.0.1:<port>`, on any path, while it is visited. */
export type WebhookReceiver = {
  port: number;
  /** Whose order it is about; null for what is about none. */
  orderIdOf(hook: Hook): string | null;
};

export type Hooks = {
  /** The next webhook about an order, also one that came already. */
  wait(orderId: string): Promise<Hook>;
};

/** Where the file that describes the shop is: names of other files are relative to it. */
export type Place = { folder: string };

/** Reads all that is for sale; made by `fromCsv` or `fromSitemap`, or written for the shop. */
export type ReadCatalogue = (http: Http, place: Place) => Promise<readonly Item[]>;

/** Reads the accounts that may be used, each by one visitor at a time; made by `fromCsv`, or written for the shop. */
export type ReadPeople = (place: Place) => Promise<readonly ShopPerson[]>;

export type ShopDefinition = {
  /** What the page calls it; default: its host. */
  name?: string;
  /** ISO 4217, for the page; default KRW. */
  currency?: string;
  /** Where GraphQL is asked; default `/graphql`. */
  graphqlPath?: string;
  /** Origins besides `--url` that may be asked, such as an API on a host of its own. */
  origins?: readonly string[];
  catalogue: ReadCatalogue;
  /** Left out: everybody is a guest. */
  people?: ReadPeople;
  /** Where the shop sends webhooks; left out: nowhere. */
  webhooks?: WebhookReceiver;
  visit(http: Http, person: ShopPerson, hooks: Hooks): ShopVisit;
  audit?: ShopAudit;
};

/** Only types it: the file's default export is what this gives back. */
export function defineShop(shop: ShopDefinition): ShopDefinition {
  return shop;
}
