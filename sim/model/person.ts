// A virtual person as the model knows them: what bears on who comes and what they buy. Names and e-mail belong to the
// data set's loader (sim/history), which derives them from the id.

export const AGE_BANDS = ['10s', '20s', '30s', '40s', '50+'] as const;
export type AgeBand = (typeof AGE_BANDS)[number];

/** The 13 provinces of the shop's contract (system/contract/common.ts; the model imports nothing of the shop). */
export const REGIONS = [
  'Seoul',
  'Busan',
  'Daegu',
  'Incheon',
  'Gwangju',
  'Daejeon',
  'Ulsan',
  'Gyeonggi',
  'Gangwon',
  'Chungcheong',
  'Jeolla',
  'Gyeongsang',
  'Jeju',
] as const;
export type Region = (typeof REGIONS)[number];

export type Gender = 'F' | 'M';
export type PersonStatus = 'ACTIVE' | 'DORMANT' | 'WITHDRAWN';
export type Grade = 'BRONZE' | 'SILVER' | 'GOLD' | 'VIP';

export type Person = {
  /** 1 … N in order of sign-up. */
  id: number;
  gender: Gender;
  birthYear: number;
  /** Years at `asOf`, calendar year minus birth year. */
  age: number;
  ageBand: AgeBand;
  region: Region;
  status: PersonStatus;
  marketingConsent: boolean;
  grade: Grade;
  /** Unix ms of the sign-up. */
  createdAtMs: number;
  /** Unix ms of the last order, null when the person never ordered. */
  lastOrderedAtMs: number | null;
  points: number;
};

/** The band of an age in years; an unknown age (null) counts as the thirties (docs/shop-rules.md "People"). */
export function ageBandOf(age: number | null): AgeBand {
  if (age === null) return '30s';
  if (age < 20) return '10s';
  if (age < 30) return '20s';
  if (age < 40) return '30s';
  return age < 50 ? '40s' : '50+';
}
