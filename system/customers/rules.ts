// Pure rules about people.
import type { SignUpBody } from '../contract/customers.ts';

/** E-mail addresses are compared without case; this is the form that sign-in identities keep. */
export function emailSubject(email: string): string {
  return email.toLowerCase();
}

/** What is wrong with a year of birth beyond its form, or null. @param year that the shop's calendar shows. */
export function birthYearProblem(body: Pick<SignUpBody, 'birthYear'>, year: number): string | null {
  if (body.birthYear !== null && body.birthYear > year) {
    return `body.birthYear must be <= ${year}`;
  }
  return null;
}
