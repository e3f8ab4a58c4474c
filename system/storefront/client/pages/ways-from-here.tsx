// Where one goes from the page of an order.
import { texts } from '../language/language.ts';

export function WaysFromHere() {
  return (
    <>
      <a class="button quiet" href="#/orders">
        {texts().orders.title}
      </a>
      <a class="button quiet" href="#/products">
        {texts().order.goOn}
      </a>
    </>
  );
}
