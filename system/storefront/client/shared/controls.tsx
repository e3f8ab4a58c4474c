// Buttons and forms that ask the shop for something: once at a time, and what goes wrong is told.
import { type ComponentProps, createContext } from 'preact';
import { useContext } from 'preact/hooks';

/** Does what a control asks for; while that is under way the control is busy and asks for nothing else. */
export type Perform = (control: HTMLElement, work: () => Promise<void>) => Promise<void>;

/** How everything within does its work; without a provider nothing would tell what went wrong. */
export const Performing = createContext<Perform>(() => {
  throw new Error('A control stands outside of Performing.Provider, which it needs to do its work.');
});

type ActionProps = Omit<ComponentProps<'button'>, 'onClick' | 'type'> & { does: () => Promise<void> };

/** A button that does something at a press. */
export function Action({ does, ...rest }: ActionProps) {
  const perform = useContext(Performing);
  return <button {...rest} type="button" onClick={(event) => void perform(event.currentTarget, does)} />;
}

type FormProps = Omit<ComponentProps<'form'>, 'onSubmit' | 'onChange'> & {
  sends: (fields: FormData) => Promise<void>;
  /** Sends itself with every change of a field. */
  sendsItself?: boolean;
  /** Afterwards its fields show their default values, whatever has become of what was sent. */
  startsOver?: boolean;
};

/** A form whose fields go to `sends`. */
export function Form({ sends, sendsItself = false, startsOver = false, ...rest }: FormProps) {
  const perform = useContext(Performing);
  return (
    <form
      {...rest}
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        void perform(form, () =>
          sends(new FormData(form)).finally(() => {
            if (startsOver) form.reset();
          }),
        );
      }}
      onChange={(event) => {
        if (sendsItself) event.currentTarget.requestSubmit();
      }}
    />
  );
}
