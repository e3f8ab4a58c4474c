// Short messages in the corner, each with a way on and a way to close it. Most leave by themselves, and with the page that
// they were shown on.
import { render } from 'preact';
import { texts } from '../language/language.ts';

const SHOWN_MS = 8_000;
const MOST = 2;

type Lifetime = 'in-passing' | 'until-closed';
type Link = { address: string; text: string };
type Message = { id: number; text: string; link: Link | undefined; lifetime: Lifetime };

/** Tells something in passing; `link` leads on. What must not be missed stays until it is closed. */
export type Notify = (text: string, link?: Link, lifetime?: Lifetime) => void;

export type Notices = {
  notify: Notify;
  /** Takes away what was told in passing; with `everything`, also what waits to be closed. */
  clear(what: 'in-passing' | 'everything'): void;
};

function Notice({ message, close }: { message: Message; close: () => void }) {
  const { text, link, lifetime } = message;
  return (
    <div class={`notice ${lifetime}`}>
      <p>{text}</p>{' '}
      {link && (
        <a href={`#${link.address}`} onClick={close}>
          {link.text}
        </a>
      )}{' '}
      <button type="button" class="plain" aria-label={texts().frame.close} onClick={close}>
        ✕
      </button>
    </div>
  );
}

/** Shows messages in `region`, at most two at a time. */
export function createNotices(region: HTMLElement): Notices {
  let messages: readonly Message[] = [];
  let toldCount = 0;

  function keep(next: readonly Message[]): void {
    messages = next;
    render(
      messages.map((message) => <Notice key={message.id} message={message} close={() => remove(message)} />),
      region,
    );
  }
  const remove = (message: Message): void => keep(messages.filter((each) => each !== message));

  return {
    notify(text, link, lifetime = 'in-passing') {
      toldCount += 1;
      const message = { id: toldCount, text, link, lifetime };
      keep([...messages, message].slice(-MOST));
      if (lifetime === 'in-passing') setTimeout(() => remove(message), SHOWN_MS);
    },
    clear(what) {
      keep(what === 'everything' ? [] : messages.filter(({ lifetime }) => lifetime !== 'in-passing'));
    },
  };
}
