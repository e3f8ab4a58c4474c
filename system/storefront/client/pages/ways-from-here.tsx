// Where one goes from the page of an order.
export function WaysFromHere() {
  return (
    <>
      <a class="button quiet" href="#/orders">
        My orders
      </a>
      <a class="button quiet" href="#/products">
        Go on shopping
      </a>
    </>
  );
}
