// What stands in place of a page that could not be shown.
import { Action } from '../shared/controls.tsx';

type FailureProps = { title: string; detail: string; again: () => Promise<void> };

export function Failure({ title, detail, again }: FailureProps) {
  return (
    <>
      <h1>{title}</h1>
      <p class="nothing">{detail}</p>
      <p class="further">
        <Action class="button quiet" does={again}>
          Try again
        </Action>
        <a class="button quiet" href="#/">
          Home
        </a>
      </p>
    </>
  );
}
