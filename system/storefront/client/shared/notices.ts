// Short messages in the corner, each with a way on and a way to close it. Most leave by themselves, and with the page that
// they were shown on.
import { html, show } from './html.ts';

const SHOWN_MS = 8_000;
const MOST = 2;

/** Tells something in passing; `link` leads on. What must not be missed stays until it is closed. */
export type Notify = (
  text: string,
  link?: { address: string; text: string },
  lifetime?: 'in-passing' | 'until-closed',
) => void;

export type Notices = {
  notify: Notify;
  /** Takes away what was told in passing; with `everything`, also what waits to be closed. */
  clear(what: 'in-passing' | 'everything'): void;
};

/** Shows messages in `region`, at most two at a time. */
export function createNotices(region: HTMLElement): Notices {
  const notify: Notify = (text, link, lifetime = 'in-passing') => {
    const notice = document.createElement('div');
    notice.className = `notice ${lifetime}`;
    show(
      notice,
      html`<p>${text}</p>
        ${link && html`<a href="#${link.address}">${link.text}</a>`}
        <button class="plain" aria-label="Close">✕</button>`,
    );
    notice.addEventListener('click', (event) => {
      if ((event.target as Element).closest('a, button')) notice.remove();
    });
    region.append(notice);
    while (region.children.length > MOST) region.firstElementChild?.remove();
    if (lifetime === 'in-passing') setTimeout(() => notice.remove(), SHOWN_MS);
  };
  return {
    notify,
    clear(what) {
      for (const notice of region.querySelectorAll(what === 'everything' ? '.notice' : '.in-passing'))
        notice.remove();
    },
  };
}
