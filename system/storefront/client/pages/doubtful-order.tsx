// An order that was sent and not answered: said plainly, looked for again, or sent again as the same order.
import { texts } from '../language/language.ts';
import { Action } from '../shared/controls.tsx';
import { counted, timeOfDay, won } from '../shared/format.ts';
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
  const { doubt, checkout } = texts();
  return (
    <div class="outcome doubtful" role="status">
      <span class="symbol" aria-hidden="true">
        ?
      </span>
      <div>
        <h1>{doubt.title}</h1>
        <p>
          {won(order.expectedTotalKrw)} · {checkout.paymentMethods[order.paymentMethod]} ·{' '}
          {counted(order.lines)}
        </p>
      </div>
    </div>
  );
}

type WaysOnProps = { looked: string; look: () => Promise<void>; send: () => Promise<void> };

function WaysOn({ looked, look, send }: WaysOnProps) {
  const { doubt, frame } = texts();
  return (
    <div class="panel">
      <p>{doubt.explained}</p>
      <p class="note">{looked}</p>
      <p class="further">
        <Action class="button" does={look}>
          {frame.lookAgain}
        </Action>
        <Action class="button quiet" does={send}>
          {doubt.sendAgain}
        </Action>
      </p>
    </div>
  );
}

/** The page of an order of which only this browser knows. */
export function doubtfulOrder(shop: Shop, { order, hasAnswered }: Looked): View {
  const address = `/orders/${order.id}`;
  return {
    title: texts().order.title,
    body: (
      <>
        <Doubt order={order} />
        <WaysOn
          looked={texts().doubt.looked(timeOfDay(new Date()), hasAnswered)}
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
