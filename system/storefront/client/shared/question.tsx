// A question before something that cannot be taken back. It takes the focus while it is asked and gives it back afterwards.
import { render } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

export type Question = { title: string; text: string; yes: string; no: string };

/** Whether the shopper said yes; closing it is a no. */
export type Ask = (question: Question) => Promise<boolean>;

function Asked({ question, answer }: { question: Question; answer: (isYes: boolean) => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby="question-title"
      aria-describedby="question-text"
      onClose={(event) => answer(event.currentTarget.returnValue === 'yes')}
    >
      <form method="dialog">
        <h2 id="question-title">{question.title}</h2>
        <p id="question-text">{question.text}</p>
        <p class="further">
          <button class="button quiet" value="no" type="submit">
            {question.no}
          </button>
          <button class="button" value="yes" type="submit">
            {question.yes}
          </button>
        </p>
      </form>
    </dialog>
  );
}

/** Asks in `place`; a question that is asked while another one stands open is answered no. */
export function createAsk(place: HTMLElement): Ask {
  let isAsking = false;
  return async (question) => {
    if (isAsking) return false;
    isAsking = true;
    try {
      return await new Promise<boolean>((answer) => {
        render(<Asked question={question} answer={answer} />, place);
      });
    } finally {
      isAsking = false;
      render(null, place);
    }
  };
}
