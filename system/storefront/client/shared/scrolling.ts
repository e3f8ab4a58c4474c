// Where each page of the browser's history was scrolled to, kept in the history itself, so that the way back, and a reload,
// lead to where one was.
const SAVE_AFTER_MS = 100;

/** Call `restore` when the page of the present address is there: it goes to where that page was, or to its top. */
export function keepScrolling(window: Window): { restore(): void } {
  const { history } = window;
  history.scrollRestoration = 'manual';
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Where the page that is being read was; null while one is there. What scrolls meanwhile is not its place. */
  let wanted: number | null = null;

  function begin(): void {
    clearTimeout(timer);
    const kept = history.state as { scrollY?: number } | null;
    wanted = kept?.scrollY ?? 0;
  }
  function save(): void {
    clearTimeout(timer);
    if (wanted === null) history.replaceState({ scrollY: Math.round(window.scrollY) }, '');
  }
  begin();
  window.addEventListener('popstate', begin);
  window.addEventListener('hashchange', begin);
  window.addEventListener('scroll', () => {
    clearTimeout(timer);
    timer = setTimeout(save, SAVE_AFTER_MS);
  });
  // Before a link leads away.
  window.document.addEventListener('click', save, { capture: true });
  window.addEventListener('pagehide', save);
  return {
    restore() {
      window.scrollTo(0, wanted ?? 0);
      wanted = null;
    },
  };
}
