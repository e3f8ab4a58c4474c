// Signing in; it leads back to where it was asked for.
import { texts } from '../language/language.ts';
import {
  atItsField,
  EmailField,
  goOn,
  otherForm,
  type PanelProps,
  PasswordField,
  passwordOf,
} from '../shared/account-fields.tsx';
import { Form, fieldText } from '../shared/controls.tsx';
import { certaintyAfter, NotDone } from '../shared/request.ts';
import type { Page } from '../shared/view.ts';

function SignIn({ route, sends }: PanelProps) {
  const { account } = texts();
  return (
    <Form class="panel narrow" sends={sends}>
      <h1>{account.signIn}</h1>
      <EmailField />
      <PasswordField use="current-password" />
      <button class="button wide" type="submit">
        {account.signIn}
      </button>
      <p class="note">
        {account.newHere} <a href={otherForm('/sign-up', route)}>{account.signUp}</a>
      </p>
    </Form>
  );
}

export const signInPage: Page = async (route, shop) => {
  const signIn = async (fields: FormData) => {
    const body = { email: fieldText(fields, 'email'), password: passwordOf(fields) };
    await shop.api.signIn(body).catch((error: unknown) => {
      // Signing in twice does no harm, so it does not matter whether it was done.
      throw certaintyAfter(error) === 'unknown' ? new NotDone(texts().failure.silent) : atItsField(error);
    });
    await goOn(route, shop);
  };
  return { title: texts().account.signIn, body: <SignIn route={route} sends={signIn} /> };
};
