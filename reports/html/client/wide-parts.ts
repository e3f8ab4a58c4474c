// Tables that are wider than their frame: they can be scrolled by keyboard too, and a shadow hints at what is cut off (report.css).

/** Keeps what overflows within reach of the keyboard, as the window changes. */
export function prepareWideParts(): void {
  const frames = document.querySelectorAll<HTMLElement>('.table-frame');
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) if (target instanceof HTMLElement) markWide(target);
  });
  for (const frame of frames) {
    markWide(frame);
    observer.observe(frame);
  }
}

function markWide(frame: HTMLElement): void {
  const isWide = frame.scrollWidth > frame.clientWidth + 1;
  if (isWide) frame.tabIndex = 0;
  else frame.removeAttribute('tabindex');
}
