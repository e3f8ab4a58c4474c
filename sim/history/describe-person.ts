// What a person is called: the data set's names and nicknames, which the model does without.
import { faker } from '@faker-js/faker/locale/ko';
import type { Person } from '../model/person.ts';
import { createRandom } from '../model/random.ts';

const MOODS = '느긋한 용감한 수줍은 씩씩한 다정한 반짝이는 조용한 배고픈 졸린 행복한 엉뚱한 부지런한'.split(
  ' ',
);
const ANIMALS = '고양이 다람쥐 수달 두루미 너구리 고래 토끼 참새 호랑이 여우 거북이 사슴'.split(' ');

// The lists are faker's; drawing from them ourselves is ten times as quick as seeding faker for every person.
const { first_name: firstNames, last_name: lastNames } = faker.rawDefinitions.person ?? {};
const FAMILY_NAMES = lastNames?.generic ?? ['김'];
const GIVEN_NAMES = {
  F: firstNames?.female ?? firstNames?.generic ?? ['서연'],
  M: firstNames?.male ?? firstNames?.generic ?? ['민준'],
};

/** Korean name and nickname, the same for the same seed and id. A withdrawn person is anonymous. */
export function describePerson(
  person: Pick<Person, 'id' | 'gender' | 'status'>,
  seed: number,
): { name: string; nickname: string } {
  if (person.status === 'WITHDRAWN') return { name: '탈퇴 회원', nickname: `탈퇴${person.id}` };
  const random = createRandom(seed, 'name', person.id);
  const name = `${random.pick(FAMILY_NAMES)}${random.pick(GIVEN_NAMES[person.gender])}`;
  return { name, nickname: `${random.pick(MOODS)}${random.pick(ANIMALS)}${person.id}` };
}
