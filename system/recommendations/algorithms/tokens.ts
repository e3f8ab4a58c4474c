// The words of a Korean or English text by which things are compared. Where words end says Unicode's rule with the dictionaries
// of ICU (Intl.Segmenter). Korean writes particles and compounds in one: of a Korean word its particle is taken off, and its pairs
// of syllables are words too, so that 유기농딸기를 has 딸기 in it.
const segmenter = new Intl.Segmenter('ko', { granularity: 'word' });

const HANGUL = /^\p{Script=Hangul}+$/u;
const HAS_LETTER = /\p{L}/u;
/** Longest first. Taken off where two syllables are left. */
const PARTICLES =
  /(?:에서는|에서도|으로는|입니다|에게|에서|으로|까지|부터|처럼|보다|이나|하고|은|는|이|가|을|를|의|에|로|와|과|도|만|나)$/u;
const PAIRS_FROM_SYLLABLES = 3;

/** Each token once, in lower case; none is a number or a single Latin letter. */
export function tokensOf(text: string): string[] {
  const tokens = new Set<string>();
  for (const { segment, isWordLike } of segmenter.segment(text.normalize('NFKC').toLowerCase())) {
    if (isWordLike !== true || !HAS_LETTER.test(segment)) continue;
    if (!HANGUL.test(segment)) {
      if (segment.length > 1) tokens.add(segment);
      continue;
    }
    const word = stemOf(segment);
    tokens.add(word);
    if (word.length >= PAIRS_FROM_SYLLABLES)
      for (let start = 0; start + 2 <= word.length; start++) tokens.add(word.slice(start, start + 2));
  }
  return [...tokens];
}

function stemOf(word: string): string {
  const stem = word.replace(PARTICLES, '');
  return stem.length >= 2 ? stem : word;
}
