// What the shop knows of a person, as fields of a form: at the sign-up, and to change it later.
import type { Gender, Region } from '../../../contract/common.ts';
import type { ChangeCustomerBody } from '../../../contract/customers.ts';
import { texts } from '../language/language.ts';
import { regions } from './contract-values.ts';
import { fieldText, Input } from './controls.tsx';

/** What stands in the fields. */
export function personOf(fields: FormData): ChangeCustomerBody {
  const birthYear = fieldText(fields, 'birthYear');
  return {
    name: fieldText(fields, 'name'),
    nickname: fieldText(fields, 'nickname'),
    gender: (fieldText(fields, 'gender') || null) as Gender | null,
    birthYear: birthYear === '' ? null : Number(birthYear),
    region: fieldText(fields, 'region') as Region,
    marketingConsent: fields.has('marketingConsent'),
  };
}

function Names({ person }: PersonFieldsProps) {
  const { account } = texts();
  return (
    <div class="pair">
      <Input
        label={account.name}
        name="name"
        autocomplete="name"
        maxlength={60}
        defaultValue={person?.name ?? ''}
        required
      />
      <Input
        label={account.nickname}
        name="nickname"
        autocomplete="nickname"
        maxlength={40}
        defaultValue={person?.nickname ?? ''}
        required
      />
    </div>
  );
}

function About({ person }: PersonFieldsProps) {
  const { account } = texts();
  return (
    <div class="pair">
      <label>
        {account.gender}
        <select name="gender">
          {([null, 'F', 'M'] as const).map((gender) => (
            <option
              key={gender ?? 'none'}
              value={gender ?? ''}
              selected={gender === (person?.gender ?? null)}
            >
              {account.genders[gender ?? 'none']}
            </option>
          ))}
        </select>
      </label>
      <Input
        label={account.birthYear}
        type="number"
        name="birthYear"
        min="1900"
        max={new Date().getFullYear()}
        placeholder={account.optional}
        defaultValue={person?.birthYear === undefined ? '' : String(person.birthYear ?? '')}
      />
    </div>
  );
}

/** `person`: what is known so far. */
type PersonFieldsProps = { person?: ChangeCustomerBody };

export function PersonFields({ person }: PersonFieldsProps) {
  const { account } = texts();
  const known = person === undefined ? {} : { person };
  return (
    <>
      <Names {...known} />
      <About {...known} />
      <label>
        {account.region}
        <select name="region">
          {regions.map((region) => (
            <option key={region} value={region} selected={region === (person?.region ?? regions[0])}>
              {account.regions[region]}
            </option>
          ))}
        </select>
      </label>
      <label class="choice">
        <input type="checkbox" name="marketingConsent" defaultChecked={person?.marketingConsent === true} />{' '}
        {account.offers}
      </label>
    </>
  );
}
