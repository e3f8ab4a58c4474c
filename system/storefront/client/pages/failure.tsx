// What stands in place of a page that could not be shown.
import { texts } from '../language/language.ts';
import { Action } from '../shared/controls.tsx';

type FailureProps = { title: string; detail: string; again: () => Promise<void> };

export function Failure({ title, detail, again }: FailureProps) {
  const { frame } = texts();
  return (
    <>
      <h1>{title}</h1>
      <p class="nothing">{detail}</p>
      <p class="further">
        <Action class="button quiet" does={again}>
          {frame.tryAgain}
        </Action>
        <a class="button quiet" href="#/">
          {frame.home}
        </a>
      </p>
    </>
  );
}
