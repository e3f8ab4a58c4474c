import { expect, test } from 'vitest';
import { addressText } from './client/shared/address.ts';
import { fieldError } from './client/shared/field-error.ts';

const VALID = {
  valid: false,
  valueMissing: false,
  typeMismatch: false,
  tooShort: false,
  badInput: false,
  rangeUnderflow: false,
  rangeOverflow: false,
  stepMismatch: false,
};

test.each([
  ['text', { valueMissing: true }, 'This is needed.'],
  ['number', { valueMissing: true, badInput: true }, 'A whole number is needed.'],
  ['number', { stepMismatch: true }, 'A whole number is needed.'],
  ['number', { rangeUnderflow: true }, 'A number from 1 to 99 is needed.'],
  ['password', { tooShort: true }, 'At least 8 characters are needed.'],
  ['email', { typeMismatch: true }, 'This is not an e-mail address.'],
  ['tel', {}, 'This does not look right.'],
])('what is wrong with a field of %s (%j) is said', (type, wrong, said) => {
  const validity = { ...VALID, ...wrong };
  expect(fieldError({ type, validity, min: '1', max: '99', minLength: 8 })).toBe(said);
  expect(fieldError({ type, validity: { ...validity, valid: true } })).toBeNull();
});

test('an address stands on one line, without what is empty', () => {
  const address = {
    recipient: '김민지',
    phone: '010-1234-5678',
    postcode: '04524',
    street: '세종대로 110',
    detail: '',
  };
  expect(addressText(address)).toBe('김민지 · 010-1234-5678 · (04524) 세종대로 110');
});
