// Where orders go: a step of the checkout, and a page of its own to change it.
import type { Address, CustomerView } from '../../../contract/customers.ts';
import { texts } from '../language/language.ts';
import { nextOf } from '../shared/account-fields.tsx';
import { Form, fieldText, Input } from '../shared/controls.tsx';
import { link } from '../shared/route.ts';
import type { Page, Shop } from '../shared/view.ts';

type AddressFormProps = { address: Address; keep: (address: Address) => Promise<void> };

function AddressForm({ address, keep }: AddressFormProps) {
  const { checkout } = texts();
  const sends = (fields: FormData) =>
    keep({
      recipient: fieldText(fields, 'recipient'),
      phone: fieldText(fields, 'phone'),
      postcode: fieldText(fields, 'postcode'),
      street: fieldText(fields, 'street'),
      detail: fieldText(fields, 'detail'),
    });
  return (
    <Form class="panel" sends={sends}>
      <div class="pair">
        <Input
          label={checkout.recipient}
          name="recipient"
          autocomplete="name"
          maxlength={60}
          defaultValue={address.recipient}
          required
        />
        <Input
          label={checkout.phone}
          type="tel"
          name="phone"
          autocomplete="tel"
          pattern="[0-9+ \-]{8,20}"
          defaultValue={address.phone}
          required
        />
      </div>
      <Input
        label={checkout.postcode}
        name="postcode"
        autocomplete="postal-code"
        inputmode="numeric"
        pattern="[0-9]{5}"
        maxlength={5}
        defaultValue={address.postcode}
        required
      />
      <Input
        label={checkout.street}
        name="street"
        autocomplete="address-line1"
        maxlength={120}
        defaultValue={address.street}
        required
      />
      <Input
        label={checkout.detail}
        name="detail"
        autocomplete="address-line2"
        maxlength={80}
        defaultValue={address.detail}
      />
      <p class="note">{checkout.addressNote}</p>
      <button class="button wide" type="submit">
        {checkout.useAddress}
      </button>
    </Form>
  );
}

/** The form with the address that the shop has, if any; when it keeps what was typed, it goes on with `next`. */
export function addressForm(
  { api }: Pick<Shop, 'api'>,
  { customer, address }: { customer: CustomerView; address: Address | null },
  next: () => void,
) {
  const none = { recipient: customer.name, phone: '', postcode: '', street: '', detail: '' };
  const keep = async (typed: Address) => {
    await api.keepAddress(typed);
    next();
  };
  return <AddressForm address={address ?? none} keep={keep} />;
}

/** The address of the page that changes it and leads on to another. */
export const addressLink = (next: string): string => link('/address', { next });

export const addressPage: Page = async (route, shop) => {
  const [customer, address] = await Promise.all([shop.api.me(), shop.api.address()]);
  const form = addressForm(shop, { customer, address }, () => shop.go(nextOf(route)));
  return {
    title: texts().checkout.address,
    body: (
      <>
        <h1>{texts().checkout.address}</h1>
        <div class="narrow">{form}</div>
      </>
    ),
  };
};
