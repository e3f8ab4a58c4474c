// An order that was sent and not answered: said plainly, looked for again, or sent again as the same order.
import { Action } from '../shared/controls.tsx';
import { counted, PAYMENT_METHODS, timeOfDay, won } from '../shared/format.ts';
import type { SentOrder } from '../shared/open-orders.ts';
import { placeOrder } from '../shared/placing.ts';
import type { Shop, View } from '../shared/view.ts';
import { WaysFromHere } from './ways-from-here.tsx';

type Looked = {
  order: SentOrder;
  /** Whether the shop has just said that it has no such order so far; else it did not answer. */
  hasAnswered: boolean;
};

function Doubt({ order }: Pick<Looked, 'order'>) {
  return (
    <div class="outcome doubtful" role="status">
      <span class="symbol" aria-hidden="true">
        ?
      </span>
      <div>
        <h1>It is not known yet whether your order was placed</h1>
        <p>
          {won(order.expectedTotalKrw)} · {PAYMENT_METHODS[order.paymentMethod]} · {counted(order.lines)}
        </p>
      </div>
    </div>
  );
}

type WaysOnProps = { lookedAt: Date; found: string; look: () => Promise<void>; send: () => Promise<void> };

function WaysOn({ lookedAt, found, look, send }: WaysOnProps) {
  return (
    <div class="panel">
      <p>
        The shop did not answer in time, and your order may have reached it or not. As soon as the shop tells,
        this page changes by itself. You can look again, or send the same order again: it is placed once,
        however often it is sent.
      </p>
      <p class="note">
        Looked at {timeOfDay(lookedAt)}: {found}.
      </p>
      <p class="further">
        <Action class="button" does={look}>
          Look again
        </Action>
        <Action class="button quiet" does={send}>
          Send the same order again
        </Action>
      </p>
    </div>
  );
}

/** The page of an order of which only this browser knows. */
export function doubtfulOrder(shop: Shop, { order, hasAnswered }: Looked): View {
  const address = `/orders/${order.id}`;
  const found = hasAnswered ? 'the shop has no such order so far' : 'the shop did not answer';
  return {
    title: 'Your order',
    body: (
      <>
        <Doubt order={order} />
        <WaysOn
          lookedAt={new Date()}
          found={found}
          look={async () => shop.go(address)}
          send={() => placeOrder(shop, order)}
        />
        <p class="further">
          <WaysFromHere />
        </p>
      </>
    ),
    onOutcome({ orderId }) {
      if (orderId !== order.id) return false;
      shop.go(address);
      return true;
    },
  };
}
