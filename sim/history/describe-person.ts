// What a person is called: the data set's names and nicknames, which the model does without.
import { faker } from '@faker-js/faker/locale/ko';
import type { Person } from '../model/person.ts';

const MOODS = '느긋한 용감한 수줍은 씩씩한 다정한 반짝이는 조용한 배고픈 졸린 행복한 엉뚱한 부지런한'.split(
  ' ',
);
const ANIMALS = '고양이 다람쥐 수달 두루미 너구리 고래 토끼 참새 호랑이 여우 거북이 사슴'.split(' ');

/** Korean name and nickname, the same for the same seed and id. A withdrawn person is anonymous. */
export function describePerson(
  person: Pick<Person, 'id' | 'gender' | 'status'>,
  seed: number,
): { name: string; nickname: string } {
  if (person.status === 'WITHDRAWN') return { name: '탈퇴 회원', nickname: `탈퇴${person.id}` };
  faker.seed([seed, person.id]);
  const name = faker.person.fullName({ sex: person.gender === 'F' ? 'female' : 'male' }).replaceAll(' ', '');
  const nickname = `${faker.helpers.arrayElement(MOODS)}${faker.helpers.arrayElement(ANIMALS)}${person.id}`;
  return { name, nickname };
}
