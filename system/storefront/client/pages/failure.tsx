// What stands in place of a page that could not be shown.
import { texts } from '../language/language.ts';
import { Action } from '../shared/controls.tsx';

type FailureProps = {
  title: string;
  detail: string;
  /** Looks again; null where that would find nothing either. */
  again: (() => Promise<void>) | null;
};

export function Failure({ title, detail, again }: FailureProps) {
  const { frame } = texts();
  return (
    <>
      <h1>{title}</h1>
      <p class="nothing">{detail}</p>
      <p class="further">
        {again === null ? (
          <a class="button quiet" href="#/products">
            {texts().cart.find}
          </a>
        ) : (
          <Action class="button quiet" does={again}>
            {frame.tryAgain}
          </Action>
        )}
        <a class="button quiet" href="#/">
          {frame.home}
        </a>
      </p>
    </>
  );
}
