// What is wrong with what stands in a field, in words; the browser knows the rules, the page says them.
import { texts } from '../language/language.ts';

type Flaw =
  | 'valueMissing'
  | 'typeMismatch'
  | 'tooShort'
  | 'badInput'
  | 'rangeUnderflow'
  | 'rangeOverflow'
  | 'stepMismatch';

/** What of a field this looks at; a browser's own fields have it. */
type Checked = {
  type: string;
  validity: Readonly<Record<Flaw | 'valid', boolean>>;
  min?: string;
  max?: string;
  minLength?: number;
};

/** null when nothing is wrong. */
export function fieldError({ type, validity, min = '', max = '', minLength = 0 }: Checked): string | null {
  if (validity.valid) return null;
  const { form } = texts();
  if (validity.valueMissing) return type === 'number' && validity.badInput ? form.notNumber : form.missing;
  if (validity.badInput || validity.stepMismatch) return form.notNumber;
  if (validity.rangeUnderflow || validity.rangeOverflow) return form.outOfRange(min, max);
  if (validity.tooShort) return form.tooShort(minLength);
  if (validity.typeMismatch && type === 'email') return form.notEmail;
  return form.notValid;
}
