// Paper cannot be clicked: what is folded on the screen is open on it, and folded again afterwards.

/** Wires opening and folding around printing. */
export function prepareUnfolding(): void {
  let opened: HTMLDetailsElement[] = [];
  addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll<HTMLDetailsElement>('details:not([open])')];
    for (const details of opened) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const details of opened) details.open = false;
    opened = [];
  });
}
