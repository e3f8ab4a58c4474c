// How the processes of the rules tell each other of products that have few left: each knows who looks at what of its own people
// alone. Through Redis; what is lost while it is away brings no alert to whoever looks at the product already.
import { randomUUID } from 'node:crypto';
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { Id } from '../contract/common.ts';
import type { Redis } from '../platform/redis/redis.ts';
import type { StockFact } from './facts.ts';

const News = Type.Object({
  from: Type.String(),
  productId: Id,
  stockCount: Type.Integer({ minimum: 0 }),
});
const news = Compile(News);

export type StockNews = {
  /** Tells the others. Never throws. */
  tell(stock: StockFact): void;
  close(): void;
};

/** @param deps.subscriber a connection for subscriptions, without key prefix, used for nothing else; closed with this. */
export function startStockNews(deps: {
  publisher: Redis;
  subscriber: Redis;
  keyPrefix: string;
  onNews: (stock: StockFact) => void;
  onFailure: (error: Error) => void;
}): StockNews {
  const { publisher, subscriber, onNews, onFailure } = deps;
  const channel = `${deps.keyPrefix}rules:stock`;
  const from = randomUUID();
  subscriber.on('message', (_, text) => {
    const found = readNews(text);
    if (found !== null && found.from !== from) onNews(found);
  });
  // Subscribed again by itself after an outage.
  subscriber.subscribe(channel).catch(onFailure);
  return {
    tell({ productId, stockCount }) {
      publisher.publish(channel, JSON.stringify({ from, productId, stockCount })).catch(onFailure);
    },
    close: () => subscriber.disconnect(),
  };
}

function readNews(text: string): (StockFact & { from: string }) | null {
  try {
    const value: unknown = JSON.parse(text);
    return news.Check(value) ? value : null;
  } catch {
    return null;
  }
}
