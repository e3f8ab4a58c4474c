// What a shop tells by itself, in its order: kept from when it came until somebody reads it.
import type { Message, Messages } from './define-shop.ts';
import { noJson } from './http-failure.ts';

type Reader = { resolve: (read: IteratorResult<Message>) => void; reject: (error: Error) => void };

/** Leaving a loop over it ends nothing: the next loop goes on with what came meanwhile. */
export class MessageQueue implements Messages {
  private readonly name: string;
  private readonly hangUp: () => void;
  private readonly unread: Message[] = [];
  private readonly readers: Reader[] = [];
  private isOver = false;
  private failure: Error | null = null;

  /** @param hangUp ends the connection that it comes from */
  constructor(name: string, hangUp: () => void) {
    this.name = name;
    this.hangUp = hangUp;
  }

  [Symbol.asyncIterator](): AsyncIterator<Message> {
    return { next: () => this.next() };
  }

  push(text: string): void {
    const message = messageOf(this.name, text);
    const reader = this.readers.shift();
    if (reader === undefined) this.unread.push(message);
    else reader.resolve({ done: false, value: message });
  }

  /** Nothing comes any more, though the visit goes on; whoever reads on is told so. */
  fail(error: Error): void {
    if (this.isOver) return;
    this.isOver = true;
    this.failure = error;
    for (const { reject } of this.readers.splice(0)) reject(error);
  }

  /** The visit is over. */
  close(): void {
    if (!this.isOver) {
      this.isOver = true;
      for (const { resolve } of this.readers.splice(0)) resolve({ done: true, value: undefined });
    }
    this.hangUp();
  }

  private next(): Promise<IteratorResult<Message>> {
    const message = this.unread.shift();
    if (message !== undefined) return Promise.resolve({ done: false, value: message });
    if (this.failure !== null) return Promise.reject(this.failure);
    if (this.isOver) return Promise.resolve({ done: true, value: undefined });
    const { promise, resolve, reject } = Promise.withResolvers<IteratorResult<Message>>();
    this.readers.push({ resolve, reject });
    return promise;
  }
}

/** A text that the shop sent; `name` is what a message about it calls it. */
export function messageOf(name: string, text: string): Message {
  return {
    text: () => text,
    json<T>() {
      try {
        // What the shop sends is the affair of whoever wrote the adapter.
        return JSON.parse(text) as T;
      } catch {
        throw noJson(name, null, text);
      }
    },
  };
}
