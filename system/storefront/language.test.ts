import { afterEach, expect, test } from 'vitest';
import { english } from './client/language/english.ts';
import { korean } from './client/language/korean.ts';
import { preferredLanguage, speak, texts } from './client/language/language.ts';
import { dateAndTime, outcomeText, won } from './client/shared/format.ts';

afterEach(() => speak('en'));

const storage = (kept: string | null) => ({ getItem: () => kept, setItem: () => undefined });

test.each([
  ['ko', ['en-US'], 'ko'],
  [null, ['ko-KR', 'en'], 'ko'],
  [null, ['fr-FR', 'ko'], 'ko'],
  [null, ['en-GB', 'ko'], 'en'],
  [null, ['fr'], 'en'],
  ['klingon', [], 'en'],
])('with %s remembered and %j preferred by the browser the page is in %s', (kept, browser, language) => {
  expect(preferredLanguage(storage(kept), browser)).toBe(language);
});

test('prices, times and outcomes are written as each language does', () => {
  expect([0, 12_300, 1_234_567, -500].map(won)).toEqual(['₩0', '₩12,300', '₩1,234,567', '−₩500']);
  expect(dateAndTime('2026-03-02T05:03:00Z')).toBe('2 Mar 2026, 14:03');
  expect(outcomeText({ state: 'cancelled', totalKrw: 500 })).toBe('Your order over ₩500 was cancelled.');
  speak('ko');
  expect([12_300, -500].map(won)).toEqual(['12,300원', '−500원']);
  expect(dateAndTime('2026-03-02T05:03:00Z')).toBe('2026. 3. 2. 오후 2:03');
  expect(outcomeText({ state: 'cancelled', totalKrw: 500 })).toBe('500원 주문: 취소됨.');
});

/** All texts of a table, by where they stand. */
function written(table: object, path = ''): Record<string, unknown> {
  return Object.assign(
    {},
    ...Object.entries(table).map(([name, value]) =>
      typeof value === 'object' && value !== null
        ? written(value, `${path}${name}.`)
        : { [path + name]: value },
    ),
  );
}

test('no text is empty, and none was left in English', () => {
  const [inEnglish, inKorean] = [written(english), written(korean)];
  expect(Object.keys(inKorean).filter((name) => !name.startsWith('failure.problems.'))).toEqual(
    Object.keys(inEnglish).sort(
      (a, b) => Object.keys(inKorean).indexOf(a) - Object.keys(inKorean).indexOf(b),
    ),
  );
  for (const [name, text] of Object.entries(inKorean)) {
    if (typeof text !== 'string') continue;
    expect(text, name).toMatch(/\p{Script=Hangul}/u);
  }
  speak('ko');
  expect(texts()).toBe(korean);
});
