// Signing in and signing up; both lead back to where they were asked for.
import type { Gender } from '../../../contract/common.ts';
import type { SignUpBody } from '../../../contract/customers.ts';
import { regions } from '../shared/contract-values.ts';
import { Form } from '../shared/controls.tsx';
import { certaintyAfter, NotDone, ShopProblem } from '../shared/request.ts';
import { link, type Page, type Route, type Shop } from '../shared/view.ts';

/** Only a page of the shop itself. */
function nextOf({ query }: Route): string {
  const next = query.get('next') ?? '/';
  return next.startsWith('/') ? next : '/';
}

async function goOn(route: Route, { live, refreshHeader, go }: Shop): Promise<void> {
  live.follow();
  await refreshHeader();
  go(nextOf(route));
}

const text = (fields: FormData, name: string): string => String(fields.get(name) ?? '').trim();
const password = (fields: FormData): string => String(fields.get('password') ?? '');

const SILENT = 'The shop does not answer. Try again in a moment.';

function EmailField() {
  return (
    <label>
      E-mail <input type="email" name="email" autocomplete="username" maxlength={254} required />
    </label>
  );
}

function PasswordField({ use }: { use: 'current-password' | 'new-password' }) {
  return (
    <label>
      Password
      <input type="password" name="password" autocomplete={use} minlength={8} maxlength={128} required />
    </label>
  );
}

type PanelProps = { route: Route; sends: (fields: FormData) => Promise<void> };

function SignIn({ route, sends }: PanelProps) {
  return (
    <Form class="panel narrow" sends={sends}>
      <h1>Sign in</h1>
      <EmailField />
      <PasswordField use="current-password" />
      <button class="button wide" type="submit">
        Sign in
      </button>
      <p class="note">
        New here? <a href={link('/sign-up', { next: route.query.get('next') })}>Make an account</a>
      </p>
    </Form>
  );
}

export const signInPage: Page = async (route, shop) => {
  const signIn = async (fields: FormData) => {
    await shop.api.signIn({ email: text(fields, 'email'), password: password(fields) }).catch((error) => {
      // Signing in twice does no harm, so it does not matter whether it was done.
      throw certaintyAfter(error) === 'unknown' ? new NotDone(SILENT) : error;
    });
    await goOn(route, shop);
  };
  return { title: 'Sign in', body: <SignIn route={route} sends={signIn} /> };
};

function signUpBody(fields: FormData): SignUpBody {
  const birthYear = text(fields, 'birthYear');
  return {
    email: text(fields, 'email'),
    password: password(fields),
    name: text(fields, 'name'),
    nickname: text(fields, 'nickname'),
    gender: (text(fields, 'gender') || null) as Gender | null,
    birthYear: birthYear === '' ? null : Number(birthYear),
    region: text(fields, 'region') as SignUpBody['region'],
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
    try {
      await api.signUp(body);
    } catch (error) {
      const isTaken = error instanceof ShopProblem && error.code === 'email-taken';
      const isUnknown = certaintyAfter(error) === 'unknown';
      if (!isUnknown && !(isTaken && isInDoubt)) throw error;
      isInDoubt ||= isUnknown;
      await api.signIn({ email, password }).catch((failure) => {
        if (isTaken) throw error;
        throw new NotDone(certaintyAfter(failure) === 'unknown' ? ACCOUNT_IN_DOUBT : ACCOUNT_NOT_MADE);
      });
    }
  };
}

const ACCOUNT_IN_DOUBT =
  'The shop did not answer, so it is not known whether your account was made. Send it again in a moment: it is made once.';
const ACCOUNT_NOT_MADE =
  'The shop did not answer, and there is no such account so far. Send it again in a moment.';

export const signUpPage: Page = async (route, shop) => {
  const signUp = createSigningUp(shop);
  const send = async (fields: FormData) => {
    await signUp(signUpBody(fields));
    await goOn(route, shop);
  };
  return { title: 'Make an account', body: <SignUp route={route} sends={send} /> };
};

function SignUp({ route, sends }: PanelProps) {
  return (
    <Form class="panel narrow" sends={sends}>
      <h1>Make an account</h1>
      <EmailField />
      <PasswordField use="new-password" />
      <PersonFields />
      <label class="choice">
        <input type="checkbox" name="marketingConsent" /> Tell me about offers
      </label>
      <button class="button wide" type="submit">
        Make the account
      </button>
      <p class="note">
        You have one? <a href={link('/sign-in', { next: route.query.get('next') })}>Sign in</a>
      </p>
    </Form>
  );
}

function PersonFields() {
  return (
    <>
      <div class="pair">
        <label>
          Name <input name="name" autocomplete="name" maxlength={60} required />
        </label>
        <label>
          Nickname <input name="nickname" autocomplete="nickname" maxlength={40} required />
        </label>
      </div>
      <div class="pair">
        <label>
          Gender
          <select name="gender">
            <option value="">not said</option>
            <option value="F">female</option>
            <option value="M">male</option>
          </select>
        </label>
        <label>
          Year of birth
          <input type="number" name="birthYear" min="1900" max="2100" placeholder="optional" />
        </label>
      </div>
      <label>
        Region
        <select name="region">
          {regions.map((region) => (
            <option key={region}>{region}</option>
          ))}
        </select>
      </label>
    </>
  );
}
