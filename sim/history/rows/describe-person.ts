// What a person is called: names and nicknames of the data set's people and of newcomers, which the model does without.
import { faker } from '@faker-js/faker/locale/ko';
import { createRandom, type Random } from '../../model/chance/random.ts';
import type { Newcomer, PlannedSignUp } from '../../model/newcomers.ts';
import type { Person } from '../../model/person.ts';
import { newcomerEmailOf } from './accounts.ts';

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
  return namesFrom(createRandom(seed, 'name', person.id), person.gender, `${person.id}`);
}

/** Gives newcomers the e-mails and names that they sign up with, the same for the same seed and index. */
export function describeNewcomers(newcomers: readonly PlannedSignUp[], seed: number): Newcomer[] {
  return newcomers.map((newcomer) => {
    const { index, person } = newcomer;
    const random = createRandom(seed, 'newcomer-name', index);
    // Nobody knows the id that the shop will give, so the number in the nickname tells the newcomer.
    const names = namesFrom(random, person.gender, `새${index + 1}`);
    return { ...newcomer, email: newcomerEmailOf(seed, index), ...names };
  });
}

function namesFrom(
  random: Random,
  gender: Person['gender'],
  ending: string,
): { name: string; nickname: string } {
  const name = `${random.pick(FAMILY_NAMES)}${random.pick(GIVEN_NAMES[gender])}`;
  return { name, nickname: `${random.pick(MOODS)}${random.pick(ANIMALS)}${ending}` };
}
