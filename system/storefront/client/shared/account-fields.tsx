// What the forms of sign-in and sign-up have in common.
import { texts } from '../language/language.ts';
import { FieldProblem, Input } from './controls.tsx';
import { problemText, ShopProblem } from './request.ts';
import { link, type Route } from './route.ts';
import type { Shop } from './view.ts';

export const passwordOf = (fields: FormData): string => String(fields.get('password') ?? '');

export function EmailField() {
  return (
    <Input
      label={texts().account.email}
      type="email"
      name="email"
      autocomplete="username"
      maxlength={254}
      required
    />
  );
}

export function PasswordField({ use }: { use: 'current-password' | 'new-password' }) {
  return (
    <Input
      label={texts().account.password}
      type="password"
      name="password"
      autocomplete={use}
      minlength={8}
      maxlength={128}
      required
    />
  );
}

/** The field that a refusal is about. */
const FIELDS_AT_FAULT: Readonly<Record<string, string>> = {
  'wrong-credentials': 'password',
  'email-taken': 'email',
};

/** The error, at its field where it has one. */
export function atItsField(error: unknown): unknown {
  if (!(error instanceof ShopProblem)) return error;
  const field = FIELDS_AT_FAULT[error.code];
  return field === undefined ? error : new FieldProblem(field, problemText(error));
}

export type PanelProps = { route: Route; sends: (fields: FormData) => Promise<void> };

/** Only a page of the shop itself. */
export function nextOf({ query }: Route): string {
  const next = query.get('next') ?? '/';
  return next.startsWith('/') ? next : '/';
}

/** The other form, which leads on to the same page. */
export const otherForm = (path: '/sign-in' | '/sign-up', { query }: Route): string =>
  link(path, { next: query.get('next') });

/** Somebody has signed in: what they had gathered before comes with them, and they go on to where they wanted. */
export async function goOn(
  route: Route,
  { live, cart, notify, notifications, refreshHeader, go }: Shop,
): Promise<void> {
  live.follow();
  const merged = await cart.merge();
  await Promise.all([refreshHeader(), notifications.refresh()]);
  go(nextOf(route));
  const words = texts().cart;
  if (merged !== 'nothing') notify(merged === 'all' ? words.merged : words.notMerged);
}
