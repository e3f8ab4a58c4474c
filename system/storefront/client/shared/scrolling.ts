// Where each page of the browser's history was scrolled to, kept in the history itself, so that the way back, and a reload,
// lead to where one was.
const SAVE_AFTER_MS = 100;

/** Call `restore` when the page of the present address is there: it goes to where that page was, or to its top. */
export function keepScrolling(window: Window): { restore(): void } {
  const { history } = window;
  history.scrollRestoration = 'manual';
  let timer: ReturnType<typeof setTimeout> | null = null;

  function stop(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  }
  function save(): void {
    stop();
    history.replaceState({ scrollY: Math.round(window.scrollY) }, '');
  }
  window.addEventListener('scroll', () => {
    timer ??= setTimeout(save, SAVE_AFTER_MS);
  });
  // Before a link leads away; and not after it has, because that is another page's place in the history.
  window.document.addEventListener('click', save, { capture: true });
  window.addEventListener('pagehide', save);
  window.addEventListener('popstate', stop);
  return {
    restore() {
      const kept = history.state as { scrollY?: number } | null;
      stop();
      window.scrollTo(0, kept?.scrollY ?? 0);
    },
  };
}
