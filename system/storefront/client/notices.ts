// Short messages in the corner, each with a way on and a way to close it. They leave by themselves, and with the page
// that they were shown on.
import { html, show } from './html.ts';

const SHOWN_MS = 8_000;
const MOST = 2;

export type Notices = {
  notify(text: string, link?: { address: string; text: string }): void;
  clear(): void;
};

/** Shows messages in `region`, at most two at a time. */
export function createNotices(region: HTMLElement): Notices {
  function notify(text: string, link?: { address: string; text: string }): void {
    const notice = document.createElement('div');
    notice.className = 'notice';
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
    setTimeout(() => notice.remove(), SHOWN_MS);
  }
  return { notify, clear: () => region.replaceChildren() };
}
