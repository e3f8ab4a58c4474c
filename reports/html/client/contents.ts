// The list of the page's parts: marks the one that is read, and goes to another without touching the address, which holds the
// chosen view.

/** How far down the window a part begins to count as read. */
const READ_FROM_RATIO = 0.3;

/** Wires the list and every other link within the page. */
export function prepareContents(): void {
  const nav = document.querySelector<HTMLElement>('nav.contents');
  const button = nav?.querySelector<HTMLButtonElement>('button');
  document.addEventListener('click', (event) => {
    const link =
      event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href^="#"]') : null;
    const target = link && document.getElementById(link.hash.slice(1));
    if (!link || !target) return;
    event.preventDefault();
    if (nav && button) setOpen(nav, button, false);
    target.scrollIntoView({ block: 'start' });
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
  });
  if (!nav || !button) return;
  nav.classList.add('follows');
  button.addEventListener('click', () => setOpen(nav, button, !nav.classList.contains('open')));
  followScroll(nav, button);
}

function setOpen(nav: HTMLElement, button: HTMLButtonElement, isOpen: boolean): void {
  nav.classList.toggle('open', isOpen);
  button.setAttribute('aria-expanded', `${isOpen}`);
}

function followScroll(nav: HTMLElement, button: HTMLButtonElement): void {
  const links = [...nav.querySelectorAll<HTMLAnchorElement>('a')];
  const parts = links.flatMap((link) => {
    const part = document.getElementById(link.hash.slice(1));
    return part ? [{ link, part }] : [];
  });
  let isAsked = false;
  const mark = () => {
    isAsked = false;
    const from = innerHeight * READ_FROM_RATIO;
    const read = parts.findLast(({ part }) => part.getBoundingClientRect().top <= from) ?? parts[0];
    for (const { link } of parts) {
      if (link === read?.link) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
    const here = button.querySelector('span');
    if (here) here.textContent = read?.link.textContent ?? '';
  };
  addEventListener(
    'scroll',
    () => {
      if (!isAsked) requestAnimationFrame(mark);
      isAsked = true;
    },
    { passive: true },
  );
  mark();
}
