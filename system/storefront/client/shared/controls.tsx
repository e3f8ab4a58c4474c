// Buttons and forms that ask the shop for something: once at a time, and what goes wrong is told. What is wrong with a field
// stands at the field.
import { type ComponentChildren, type ComponentProps, createContext, createElement } from 'preact';
import { useContext, useId, useState } from 'preact/hooks';
import { fieldError } from './field-error.ts';

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

/** Thrown by what a form sends when one of its fields is to blame; the words are for the shopper. */
export class FieldProblem extends Error {
  readonly field: string;
  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}

/** What is wrong with which field. */
type FieldErrors = Readonly<Record<string, string>>;
const Errors = createContext<FieldErrors>({});

type FormProps = Omit<ComponentProps<'form'>, 'onSubmit' | 'onChange' | 'onInput'> & {
  sends: (fields: FormData) => Promise<void>;
  /** Sends itself with every change of a field. */
  sendsItself?: boolean;
  /** Afterwards its fields show their default values, whatever has become of what was sent. */
  startsOver?: boolean;
};

/** What stands in a field, without spaces around it; empty where there is no such field. */
export const fieldText = (fields: FormData, name: string): string => String(fields.get(name) ?? '').trim();

type FieldElement = HTMLInputElement | HTMLSelectElement;

const fieldsOf = (form: HTMLFormElement): FieldElement[] =>
  [...form.elements].filter((each) => each instanceof HTMLInputElement || each instanceof HTMLSelectElement);

function errorsIn(form: HTMLFormElement): FieldErrors {
  return Object.fromEntries(
    fieldsOf(form).flatMap((field) => {
      const error = fieldError(field);
      return error === null ? [] : [[field.name, error]];
    }),
  );
}

function focusField(form: HTMLFormElement, name: string): void {
  fieldsOf(form)
    .find((field) => field.name === name)
    ?.focus();
}

/** A form whose fields go to `sends`. */
export function Form({ sends, sendsItself = false, startsOver = false, children, ...rest }: FormProps) {
  const perform = useContext(Performing);
  const [errors, setErrors] = useState<FieldErrors>({});

  function show(form: HTMLFormElement, found: FieldErrors): void {
    setErrors(found);
    const [first] = Object.keys(found);
    if (first !== undefined) focusField(form, first);
  }
  async function send(form: HTMLFormElement): Promise<void> {
    try {
      await sends(new FormData(form));
    } catch (error) {
      if (!(error instanceof FieldProblem)) throw error;
      show(form, { [error.field]: error.message });
    } finally {
      if (startsOver) form.reset();
    }
  }
  return (
    <form
      {...rest}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        const found = errorsIn(form);
        show(form, found);
        if (Object.keys(found).length === 0) void perform(form, () => send(form));
      }}
      onChange={(event) => {
        if (sendsItself) event.currentTarget.requestSubmit();
      }}
      onInput={() => {
        if (Object.keys(errors).length > 0) setErrors({});
      }}
    >
      <Errors.Provider value={errors}>{children}</Errors.Provider>
    </form>
  );
}

type FieldProps = {
  label: ComponentChildren;
  name: string;
  /** The field itself, with what ties it to its error. */
  children: (ties: {
    name: string;
    'aria-invalid'?: boolean;
    'aria-describedby'?: string;
  }) => ComponentChildren;
};

/** A field with its label, and under it what is wrong with it. */
function Field({ label, name, children }: FieldProps) {
  const id = useId();
  const error = useContext(Errors)[name];
  return (
    <div class="field">
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the field is what `children` gives. */}
      <label>
        {label}{' '}
        {children({ name, ...(error !== undefined && { 'aria-invalid': true, 'aria-describedby': id }) })}
      </label>
      {error !== undefined && (
        <p class="error" id={id} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

type InputProps = Pick<FieldProps, 'label' | 'name'> & {
  type?: 'text' | 'email' | 'password' | 'number' | 'tel';
  autocomplete?: string;
  inputmode?: 'numeric';
  pattern?: string;
  placeholder?: string;
  defaultValue?: string;
  minlength?: number;
  maxlength?: number;
  min?: string | number;
  max?: string | number;
  required?: boolean;
};

/** A field to type into. */
export function Input({ label, name, ...rest }: InputProps) {
  return (
    <Field label={label} name={name}>
      {(ties) => createElement('input', { ...rest, ...ties })}
    </Field>
  );
}
