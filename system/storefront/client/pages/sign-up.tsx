// Making an account; it leads back to where it was asked for.
import type { Gender } from '../../../contract/common.ts';
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
import { regions } from '../shared/contract-values.ts';
import { Form, fieldText, Input } from '../shared/controls.tsx';
import { certaintyAfter, NotDone, ShopProblem } from '../shared/request.ts';
import type { Page, Shop } from '../shared/view.ts';

function signUpBody(fields: FormData): SignUpBody {
  const birthYear = fieldText(fields, 'birthYear');
  return {
    email: fieldText(fields, 'email'),
    password: passwordOf(fields),
    name: fieldText(fields, 'name'),
    nickname: fieldText(fields, 'nickname'),
    gender: (fieldText(fields, 'gender') || null) as Gender | null,
    birthYear: birthYear === '' ? null : Number(birthYear),
    region: fieldText(fields, 'region') as SignUpBody['region'],
    marketingConsent: fields.has('marketingConsent'),
  };
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
      <label class="choice">
        <input type="checkbox" name="marketingConsent" /> {account.offers}
      </label>
      <button class="button wide" type="submit">
        {account.make}
      </button>
      <p class="note">
        {account.haveOne} <a href={otherForm('/sign-in', route)}>{account.signIn}</a>
      </p>
    </Form>
  );
}

function PersonFields() {
  const { account } = texts();
  return (
    <>
      <div class="pair">
        <Input label={account.name} name="name" autocomplete="name" maxlength={60} required />
        <Input label={account.nickname} name="nickname" autocomplete="nickname" maxlength={40} required />
      </div>
      <div class="pair">
        <label>
          {account.gender}
          <select name="gender">
            <option value="">{account.genders.none}</option>
            <option value="F">{account.genders.F}</option>
            <option value="M">{account.genders.M}</option>
          </select>
        </label>
        <Input
          label={account.birthYear}
          type="number"
          name="birthYear"
          min="1900"
          max="2100"
          placeholder={account.optional}
        />
      </div>
      <label>
        {account.region}
        <select name="region">
          {regions.map((region) => (
            <option key={region} value={region}>
              {account.regions[region]}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}
