// Making an account; it leads back to where it was asked for.
import type { SignUpBody } from '../../../contract/customers.ts';
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
import { PersonFields, personOf } from '../shared/person-fields.tsx';
import { certaintyAfter, NotDone, ShopProblem } from '../shared/request.ts';
import type { Page, Shop } from '../shared/view.ts';

function signUpBody(fields: FormData): SignUpBody {
  return { email: fieldText(fields, 'email'), password: passwordOf(fields), ...personOf(fields) };
}

/**
 * Makes what signs somebody up. An account whose making was not answered is looked for by signing in to it: at once, and
 * when the next attempt finds its e-mail taken.
 */
function createSigningUp({ api }: Shop): (body: SignUpBody) => Promise<void> {
  let isInDoubt = false;
  return async (body) => {
    const { email, password } = body;
    const { account } = texts();
    try {
      await api.signUp(body);
    } catch (error) {
      const isTaken = error instanceof ShopProblem && error.code === 'email-taken';
      const isUnknown = certaintyAfter(error) === 'unknown';
      if (!isUnknown && !(isTaken && isInDoubt)) throw error;
      isInDoubt ||= isUnknown;
      await api.signIn({ email, password }).catch((failure) => {
        if (isTaken) throw error;
        throw new NotDone(certaintyAfter(failure) === 'unknown' ? account.inDoubt : account.notMade);
      });
    }
  };
}

export const signUpPage: Page = async (route, shop) => {
  const signUp = createSigningUp(shop);
  const send = async (fields: FormData) => {
    await signUp(signUpBody(fields)).catch((error: unknown) => {
      throw atItsField(error);
    });
    await goOn(route, shop);
  };
  return { title: texts().account.signUp, body: <SignUp route={route} sends={send} /> };
};

function SignUp({ route, sends }: PanelProps) {
  const { account } = texts();
  return (
    <Form class="panel narrow" sends={sends}>
      <h1>{account.signUp}</h1>
      <EmailField />
      <PasswordField use="new-password" />
      <PersonFields />
      <button class="button wide" type="submit">
        {account.make}
      </button>
      <p class="note">
        {account.haveOne} <a href={otherForm('/sign-in', route)}>{account.signIn}</a>
      </p>
    </Form>
  );
}
