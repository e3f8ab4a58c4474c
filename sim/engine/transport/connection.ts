// One kept-alive connection to the shop: at most one request at a time, written in one go and answered in the order of the wire.
import { connect as connectPlain, isIP, type Socket, type TcpNetConnectOpts } from 'node:net';
import { connect as connectSecure } from 'node:tls';
import type { AnswerHead } from './answer-head.ts';
import { AnswerParser } from './answer-parser.ts';

/** Whoever sends over a connection. One of `answered` and `failed` is called, once, unless the connection is destroyed before. */
export type Sender = {
  answered(head: AnswerHead, body: Buffer[]): void;
  failed(error: Error): void;
};

/** Where a shop listens. */
export type Origin = { host: string; port: number; isSecure: boolean };

export type ConnectionDeps = {
  connectDeadlineMs: number;
  nowMs: () => number;
  connected(connection: Connection): void;
  /** Its request was answered, and it may take another. */
  freed(connection: Connection): void;
  /** It is gone. `error` where it never came about, null where it had been connected. */
  gone(connection: Connection, error: Error | null): void;
};

/**
 * What all connections read into: it is read out before the next one reads. Buffers made anew for each answer were garbage that
 * costs more than the reading.
 */
const RECEIVED = Buffer.allocUnsafeSlow(65_536);

/** Where the shop does not say for how long it keeps a connection that nobody uses, and less than it says. */
const KEPT_MS = 4_000;
const KEPT_LESS_MS = 1_000;
const KEPT_SECONDS = /timeout=\s*(\d{1,6})/i;

/** A class, because of its many instances, and because nothing is to be made for a request. */
export class Connection {
  private readonly parser = new AnswerParser();
  private readonly deps: ConnectionDeps;
  private readonly socket: Socket;
  private usableUntilMs = Number.POSITIVE_INFINITY;
  private sender: Sender | null = null;
  private isConnected = false;
  private error: Error | null = null;

  constructor(origin: Origin, deps: ConnectionDeps) {
    this.deps = deps;
    this.socket = open(origin, (length) => this.received(length));
    this.socket.setTimeout(deps.connectDeadlineMs, () =>
      this.socket.destroy(new Error(`${origin.host}:${origin.port} did not take the connection in time`)),
    );
    this.socket.once(origin.isSecure ? 'secureConnect' : 'connect', () => this.connected());
    this.socket.on('error', (error) => {
      this.error ??= error;
    });
    this.socket.once('end', () => this.ended());
    this.socket.once('close', () => this.closed());
  }

  /** Whether a request may be sent: the shop has not closed it, and will not do so before the request is there. */
  isUsable(): boolean {
    return this.socket.writable && this.deps.nowMs() < this.usableUntilMs;
  }

  /** Writes a whole request; call it only while the connection is free. */
  send(request: string, encoding: 'latin1' | 'utf8', sender: Sender): void {
    this.sender = sender;
    this.socket.write(request, encoding);
  }

  /** Ends it; whoever has sent a request hears that it failed. */
  end(): void {
    this.socket.destroy();
  }

  /** Ends it, and nobody waits for the answer any more. */
  abandon(): void {
    this.sender = null;
    this.socket.destroy();
  }

  private connected(): void {
    this.isConnected = true;
    this.socket.setTimeout(0);
    this.deps.connected(this);
  }

  private received(length: number): void {
    const { sender, parser } = this;
    // What comes unasked answers nothing: a shop that gives a connection up may say so.
    const progress = sender === null ? 'broken' : parser.take(RECEIVED, length);
    if (progress === 'more') return;
    if (progress === 'complete') this.answered();
    else this.fail(new Error('the shop answered with something that is not HTTP'));
  }

  private answered(): void {
    const { sender, parser } = this;
    const { head, body, keepsAlive } = parser;
    this.sender = null;
    parser.next();
    if (keepsAlive) this.usableUntilMs = this.deps.nowMs() + keptMs(head);
    else this.socket.destroy();
    sender?.answered(head, body);
    if (!this.socket.destroyed) this.deps.freed(this);
  }

  private fail(error: Error): void {
    const { sender } = this;
    this.abandon();
    sender?.failed(error);
  }

  /** The shop closed its side. */
  private ended(): void {
    if (this.sender === null) this.end();
    else if (this.parser.close() === 'complete') this.answered();
    else this.fail(new Error('the shop closed the connection before it had answered'));
  }

  private closed(): void {
    const error = this.error ?? new Error('the connection was closed');
    const { sender } = this;
    this.sender = null;
    sender?.failed(error);
    this.deps.gone(this, this.isConnected ? null : error);
  }
}

function keptMs({ framing }: AnswerHead): number {
  const told = framing['keep-alive'];
  if (told === undefined) return KEPT_MS;
  const seconds = KEPT_SECONDS.exec(told)?.[1];
  return seconds === undefined ? KEPT_MS : Number(seconds) * 1_000 - KEPT_LESS_MS;
}

function open({ host, port, isSecure }: Origin, received: (length: number) => void): Socket {
  const options: TcpNetConnectOpts = {
    host,
    port,
    noDelay: true,
    keepAlive: true,
    onread: {
      buffer: RECEIVED,
      callback(length) {
        received(length);
        return true;
      },
    },
  };
  if (!isSecure) return connectPlain(options);
  // No certificate is asked for by the name of an address.
  return connectSecure({ ...options, ...(isIP(host) === 0 ? { servername: host } : {}) });
}
