// The websocket beneath a shopper's socket. Most of what it brings is two kinds of message, which it gives on as they came: on their
// way through socket.io's layers they cost the generator more than the shopper makes of them. All else goes that way.
import { NodeWebSocket } from 'socket.io-client';

/** Takes a message as it stands on the wire; false: it is left to socket.io. */
export type HearMessage = (message: string) => boolean;

/** As a transport of socket.io, given with `transportOptions: { websocket: { hear } }`. */
export class HearingWebSocket extends NodeWebSocket {
  private readonly hear: HearMessage;

  constructor(options: { hear: HearMessage }) {
    super(options);
    this.hear = options.hear;
  }

  protected override onData(data: Parameters<NodeWebSocket['doWrite']>[1]): void {
    if (typeof data !== 'string' || !this.hear(data)) super.onData(data);
  }
}
