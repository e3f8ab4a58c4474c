// The websocket beneath a shopper's socket. Most of what it brings is two kinds of message, which it gives on as they came: on their
// way through the layers of streams, ws and socket.io they cost the generator more than the shopper makes of them. All else goes
// that way.
import { connect, type Socket, type TcpNetConnectOpts } from 'node:net';
import { NodeWebSocket } from 'socket.io-client';
import { IncomingFrames } from './incoming-frames.ts';

/** Takes a message as it stands on the wire; false: it is left to socket.io. */
export type HearMessage = (message: string) => boolean;

/** What all of them read into: it is read out before the next one reads. */
const RECEIVED = Buffer.allocUnsafeSlow(65_536);

/** As a transport of socket.io, given with `transportOptions: { websocket: { hear } }`. */
export class HearingWebSocket extends NodeWebSocket {
  private readonly hear: HearMessage;

  constructor(options: { hear: HearMessage }) {
    super(options);
    this.hear = options.hear;
  }

  /** A connection in plain text is listened to itself; messages of another, and those that did not come alone, are heard below. */
  override createSocket(...[uri, protocols, options]: Parameters<NodeWebSocket['createSocket']>) {
    if (!uri.startsWith('ws:')) return super.createSocket(uri, protocols, options);
    const createConnection = (where: TcpNetConnectOpts) => connectHearing(where, this.hear);
    // An agent, even one of its own as socket.io wants it, would connect in its own way.
    return super.createSocket(uri, protocols, { ...options, agent: undefined, createConnection });
  }

  protected override onData(data: Parameters<NodeWebSocket['doWrite']>[1]): void {
    if (typeof data !== 'string' || !this.hear(data)) super.onData(data);
  }
}

/** What is heard goes no further, and everything else as if nobody had listened. */
function connectHearing(where: TcpNetConnectOpts, hear: HearMessage): Socket {
  const frames = new IncomingFrames();
  const options = {
    ...where,
    // Of the request that opens the websocket; here it would be that of a Unix socket.
    path: undefined,
    onread: {
      buffer: RECEIVED,
      callback(length: number): boolean {
        const message = frames.take(RECEIVED, length);
        if (message !== null && hear(message)) return true;
        return socket.push(Buffer.from(RECEIVED.subarray(0, length)));
      },
    },
  };
  const socket = connect(options);
  return socket;
}
