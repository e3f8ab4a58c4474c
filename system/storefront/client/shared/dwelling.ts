// Notices when somebody dwells on a product of a list: with the pointer, or with the focus of the keyboard.
/** Shorter is passing over it on the way to something else. */
const DWELL_MS = 1_000;

/** Tells each product of `place` that is dwelt on, once until `place` shows another page (`forget`). */
export function watchDwelling(place: HTMLElement, tell: (productId: number) => void): { forget(): void } {
  const told = new Set<number>();
  let dwelling: { productId: number; timer: ReturnType<typeof setTimeout> } | null = null;

  function productAt(target: EventTarget | null): number | null {
    const card = target instanceof Element ? target.closest<HTMLElement>('[data-product-id]') : null;
    return card === null ? null : Number(card.dataset.productId);
  }
  function leave(): void {
    if (dwelling !== null) clearTimeout(dwelling.timer);
    dwelling = null;
  }
  function enter(productId: number | null): void {
    if (productId === dwelling?.productId) return;
    leave();
    if (productId === null || told.has(productId)) return;
    const timer = setTimeout(() => {
      told.add(productId);
      tell(productId);
    }, DWELL_MS);
    dwelling = { productId, timer };
  }

  place.addEventListener('pointerover', (event) => {
    if (event.pointerType === 'mouse') enter(productAt(event.target));
  });
  place.addEventListener('pointerleave', leave);
  place.addEventListener('focusin', (event) => enter(productAt(event.target)));
  return {
    forget() {
      leave();
      told.clear();
    },
  };
}
