// One order: waited for, in doubt, decided, cancelled. It changes by itself when the outcome arrives.
import { Fragment } from 'preact';
import type { OrderDetails, OrderOutcome, OrderView } from '../../../contract/orders.ts';
import { texts } from '../language/language.ts';
import { addressText } from '../shared/address.ts';
import { Action } from '../shared/controls.tsx';
import { dateAndTime, won } from '../shared/format.ts';
import type { SentOrder } from '../shared/open-orders.ts';
import { cancelOrder } from '../shared/placing.ts';
import { Thumbnail } from '../shared/products.tsx';
import { certaintyAfter, ShopProblem } from '../shared/request.ts';
import { settleOrder } from '../shared/settling.ts';
import type { Page, Shop } from '../shared/view.ts';
import { doubtfulOrder } from './doubtful-order.tsx';
import { WaysFromHere } from './ways-from-here.tsx';

const SYMBOLS: Partial<Record<OrderView['state'], string>> = {
  confirmed: '✓',
  rejected: '✕',
  cancelled: '↩',
};

type OutcomeProps = {
  order: Pick<OrderView, 'state' | 'totalKrw'> & Pick<OrderOutcome, 'rejectionReason'>;
  /** How it was paid, where that is known. */
  by?: string;
};

function Outcome({ order, by = '' }: OutcomeProps) {
  const { state, totalKrw, rejectionReason } = order;
  const { states, reasons } = texts().order;
  return (
    <div class={`outcome ${state}`} role="status">
      <span class="symbol" aria-hidden="true">
        {SYMBOLS[state] ?? '…'}
      </span>
      <div>
        <h1>{states[state]}</h1>
        <p>{rejectionReason === null ? won(totalKrw) + by : reasons[rejectionReason]}</p>
      </div>
    </div>
  );
}

function Lines({ lines }: Pick<OrderView, 'lines'>) {
  return (
    <ul class="brief">
      {lines.map((line) => (
        <li key={line.productId}>
          <Thumbnail line={line} />
          <a href={`#/products/${line.productId}`} lang="ko">
            {line.name}
          </a>
          <span>
            {won(line.unitPriceKrw)} × {line.quantity}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Details({ order }: { order: OrderDetails }) {
  const { order: words, checkout } = texts();
  return (
    <div class="panel">
      <Lines lines={order.lines} />
      <dl>
        {order.adjustments.map(({ type, amountKrw }) => (
          <Fragment key={type}>
            <dt>{words.adjustments[type]}</dt>
            <dd>{won(amountKrw)}</dd>
          </Fragment>
        ))}
        <dt class="total">{checkout.total}</dt>
        <dd class="total">{won(order.totalKrw)}</dd>
      </dl>
      {order.deliveryAddress !== null && <p>{words.deliveredTo(addressText(order.deliveryAddress))}</p>}
      <p class="note">
        {words.placed(dateAndTime(order.placedAt))}
        <br />
        {words.number(order.id)}
      </p>
    </div>
  );
}

function Waiting() {
  return (
    <div class="outcome waiting" role="status">
      <span class="symbol turning" aria-hidden="true" />
      <div>
        <h1>{texts().order.onItsWay}</h1>
        <p>{texts().order.decides}</p>
      </div>
    </div>
  );
}

/** What is known of an order: by its own page, by a push that came before it, or only that it was sent. */
type Known =
  | { kind: 'stored'; order: OrderDetails }
  | { kind: 'heard'; outcome: OrderOutcome }
  | { kind: 'accepted' }
  | { kind: 'doubtful'; order: SentOrder; hasAnswered: boolean };

const isDecided = ({ state }: OrderView): boolean => state !== 'reserved' && state !== 'approved';

async function readStored({ api, openOrders, behaviour }: Shop, id: string): Promise<Known> {
  const order = await api.order(id);
  if (isDecided(order)) settleOrder({ openOrders, behaviour }, id, order.state);
  else openOrders.accept(id);
  return { kind: 'stored', order };
}

async function readKnown(shop: Shop, id: string): Promise<Known> {
  try {
    return await readStored(shop, id);
  } catch (error) {
    const isMissing = error instanceof ShopProblem && error.status === 404;
    if (!isMissing && certaintyAfter(error) !== 'unknown') throw error;
    const open = shop.openOrders.find(id);
    if (open?.state === 'accepted') return { kind: 'accepted' };
    if (open) return { kind: 'doubtful', order: open.order, hasAnswered: isMissing };
    const outcome = shop.live.heard(id);
    if (outcome === null) throw error;
    // Read before it was stored, heard of since: it is there by now, but for one that was never stored.
    return readStored(shop, id).catch((): Known => ({ kind: 'heard', outcome }));
  }
}

function WhatIsKnown({ known }: { known: Exclude<Known, { kind: 'doubtful' }> }) {
  switch (known.kind) {
    case 'stored':
      return (
        <>
          <Outcome
            order={known.order}
            by={` · ${texts().checkout.paymentMethods[known.order.paymentMethod]}`}
          />
          <Details order={known.order} />
        </>
      );
    case 'heard':
      return <Outcome order={known.outcome} />;
    case 'accepted':
      return <Waiting />;
  }
}

export const orderPage: Page = async ({ path }, shop) => {
  const id = path[1] ?? '';
  const wasOpen = shop.openOrders.find(id) !== null;
  const known = await readKnown(shop, id);
  if (known.kind === 'doubtful') return doubtfulOrder(shop, known);
  // The cart is emptied with the order.
  if (wasOpen && known.kind === 'stored') void shop.refreshHeader();
  const canCancel =
    known.kind === 'stored' && ['reserved', 'approved', 'confirmed'].includes(known.order.state);
  return {
    title: texts().order.title,
    body: (
      <>
        <WhatIsKnown known={known} />
        <p class="further">
          {canCancel && (
            <Action class="button quiet" does={() => cancelOrder(shop, id)}>
              {texts().order.cancel}
            </Action>
          )}
          <WaysFromHere />
        </p>
      </>
    ),
    onOutcome({ orderId }) {
      if (orderId !== id) return false;
      void shop.refresh();
      return true;
    },
  };
};
