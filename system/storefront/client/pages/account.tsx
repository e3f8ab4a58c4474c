// One's account: what the shop knows of whoever is signed in, where orders go, and the language of the page.
import type { CustomerView } from '../../../contract/customers.ts';
import { LANGUAGE_NAMES, LANGUAGES, language, texts } from '../language/language.ts';
import { type Address, addressText, readAddress } from '../shared/address.ts';
import { Action } from '../shared/controls.tsx';
import { dateOf } from '../shared/format.ts';
import type { Page, Shop } from '../shared/view.ts';
import { addressLink } from './address.tsx';

function Known({ customer }: { customer: CustomerView }) {
  const { account, me } = texts();
  const gender = customer.gender === null ? account.genders.none : account.genders[customer.gender];
  return (
    <div class="panel">
      <h2>{me.accountNote}</h2>
      <dl>
        <dt>{account.email}</dt>
        <dd>{customer.email}</dd>
        <dt>{account.name}</dt>
        <dd>{customer.name}</dd>
        <dt>{account.nickname}</dt>
        <dd>{customer.nickname}</dd>
        <dt>{account.gender}</dt>
        <dd>{gender}</dd>
        <dt>{account.birthYear}</dt>
        <dd>{customer.birthYear ?? '–'}</dd>
        <dt>{account.region}</dt>
        <dd>{account.regions[customer.region]}</dd>
        <dt>{me.since}</dt>
        <dd>{dateOf(customer.createdAt)}</dd>
      </dl>
    </div>
  );
}

function Destination({ address }: { address: Address | null }) {
  const { me, checkout } = texts();
  return (
    <div class="panel">
      <h2>{me.address}</h2>
      {address === null ? (
        <p class="note">{me.noAddress}</p>
      ) : (
        <>
          <p>{addressText(address)}</p>
          <p class="note">{checkout.addressNote}</p>
          <a href={addressLink('/account')}>{checkout.changeAddress}</a>
        </>
      )}
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

export const accountPage: Page = async (_route, shop) => {
  const customer = await shop.api.me();
  const { account } = texts().me;
  return {
    title: account,
    body: (
      <>
        <h1>{account}</h1>
        <div class="columns">
          <Known customer={customer} />
          <div class="stack">
            <Destination address={readAddress(localStorage, shop.session.customerId())} />
            <Languages changeLanguage={shop.changeLanguage} />
          </div>
        </div>
      </>
    ),
  };
};
