// One's account: what the shop knows of whoever is signed in, to be changed; where orders go; and the language of the page.
import type { Address, CustomerView } from '../../../contract/customers.ts';
import { LANGUAGE_NAMES, LANGUAGES, language, texts } from '../language/language.ts';
import { addressText } from '../shared/address.ts';
import { Action, Form } from '../shared/controls.tsx';
import { dateOf } from '../shared/format.ts';
import { PersonFields, personOf } from '../shared/person-fields.tsx';
import type { Page, Shop } from '../shared/view.ts';
import { addressLink } from './address.tsx';

type ProfileProps = { customer: CustomerView; change: (fields: FormData) => Promise<void> };

function Profile({ customer, change }: ProfileProps) {
  const { me } = texts();
  return (
    <Form class="panel" sends={change}>
      <h2>{me.accountNote}</h2>
      <div>
        <p>{customer.email}</p>
        <p class="note">
          {me.since} {dateOf(customer.createdAt)}
        </p>
      </div>
      <PersonFields person={customer} />
      <button class="button wide" type="submit">
        {me.save}
      </button>
    </Form>
  );
}

type DestinationProps = { address: Address | null; forget: () => Promise<void> };

function Destination({ address, forget }: DestinationProps) {
  const { me, checkout } = texts();
  return (
    <div class="panel">
      <h2>{me.address}</h2>
      <p class={address === null ? 'note' : ''}>{address === null ? me.noAddress : addressText(address)}</p>
      <p class="further">
        <a class="button quiet" href={addressLink('/account')}>
          {address === null ? me.giveAddress : checkout.changeAddress}
        </a>
        {address !== null && (
          <Action class="plain" does={forget}>
            {me.forgetAddress}
          </Action>
        )}
      </p>
      <p class="note">{checkout.addressNote}</p>
    </div>
  );
}

function Languages({ changeLanguage }: Pick<Shop, 'changeLanguage'>) {
  return (
    <div class="panel">
      <h2>{texts().me.language}</h2>
      <p class="further">
        {LANGUAGES.map((each) => (
          <Action
            key={each}
            class="button quiet"
            lang={each}
            aria-pressed={each === language()}
            does={() => changeLanguage(each)}
          >
            {LANGUAGE_NAMES[each]}
          </Action>
        ))}
      </p>
    </div>
  );
}

/** Whatever has become of a change, the page then shows what the shop knows. */
function changesOf({ api, notify, refresh, refreshHeader }: Shop) {
  return {
    async change(fields: FormData): Promise<void> {
      await api.changeMe(personOf(fields));
      await Promise.all([refresh(), refreshHeader()]);
      notify(texts().me.saved);
    },
    async forget(): Promise<void> {
      await api.forgetAddress().finally(refresh);
    },
  };
}

export const accountPage: Page = async (_route, shop) => {
  const [customer, address] = await Promise.all([shop.api.me(), shop.api.address()]);
  const { account } = texts().me;
  const { change, forget } = changesOf(shop);
  return {
    title: account,
    body: (
      <>
        <h1>{account}</h1>
        <div class="columns">
          <Profile customer={customer} change={change} />
          <div class="stack">
            <Destination address={address} forget={forget} />
            <Languages changeLanguage={shop.changeLanguage} />
          </div>
        </div>
      </>
    ),
  };
};
