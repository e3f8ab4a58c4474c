// The language that the page is in: one for the whole page, changed by one switch, remembered by the browser.
import { english, type Texts } from './english.ts';
import { korean } from './korean.ts';

export const LANGUAGES = ['en', 'ko'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each in itself. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', ko: '한국어' };

const TEXTS: Record<Language, Texts> = { en: english, ko: korean };
/** How numbers and dates are written. */
const LOCALES: Record<Language, string> = { en: 'en-GB', ko: 'ko-KR' };
const KEPT_AS = 'language';

let spoken: Language = 'en';

export const language = (): Language => spoken;
/** What the switch in the bar changes to. */
export const otherLanguage = (): Language => (spoken === 'en' ? 'ko' : 'en');
export const texts = (): Texts => TEXTS[spoken];
export const locale = (): string => LOCALES[spoken];

/** From now on every text is in this language. What is on the screen stays as it is until it is shown anew. */
export function speak(wanted: Language): void {
  spoken = wanted;
}

type Kept = Pick<Storage, 'getItem' | 'setItem'>;

/** What was chosen before, else what the browser prefers, else English. */
export function preferredLanguage(storage: Kept, browserLanguages: readonly string[]): Language {
  const kept = storage.getItem(KEPT_AS);
  const wanted = [kept ?? '', ...browserLanguages].map((name) => name.slice(0, 2).toLowerCase());
  return (
    LANGUAGES.find((name) => name === wanted.find((one) => LANGUAGES.some((each) => each === one))) ?? 'en'
  );
}

export function rememberLanguage(storage: Kept, chosen: Language): void {
  storage.setItem(KEPT_AS, chosen);
}
