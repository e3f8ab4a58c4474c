// Reads CP949 (Windows' superset of EUC-KR). The platform's `euc-kr` knows only the 2,350 syllables of KS X 1001; CP949 puts
// the other 8,822, in Unicode's order, into the pairs of bytes that EUC-KR leaves free.

const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;
const SYLLABLES_OF_KS = { first: 0xb0, last: 0xc8 };
const REPLACEMENT = 0xfffd;

/** Decodes bytes that come piece by piece; what is no CP949 becomes U+FFFD. Call it without bytes at the end. */
export type PieceDecoder = (bytes?: Uint8Array) => string;

/** How much of the bytes looks like Korean text in CP949. */
export type Cp949Share = {
  /** Characters of two bytes. */
  pairCount: number;
  /** Those among the syllables of KS X 1001, which are nearly all of any text. */
  commonSyllableCount: number;
  brokenCount: number;
};

let table: Uint16Array | null = null;

/** UTF-16 unit of each pair of bytes, by `first * 256 + second`; 0: no character. */
function pairs(): Uint16Array {
  table ??= makePairs();
  return table;
}

function makePairs(): Uint16Array {
  const units = new Uint16Array(0x10000);
  const decoder = new TextDecoder('euc-kr');
  const common = new Set<number>();
  for (let first = 0xa1; first <= 0xfe; first += 1) {
    for (let second = 0xa1; second <= 0xfe; second += 1) {
      const unit = decoder.decode(Uint8Array.of(first, second)).charCodeAt(0);
      // A private character is one that the standard does not have.
      if (unit === REPLACEMENT || (unit >= 0xe000 && unit <= 0xf8ff)) continue;
      units[first * 256 + second] = unit;
      if (first >= SYLLABLES_OF_KS.first && first <= SYLLABLES_OF_KS.last) common.add(unit);
    }
  }
  units[0xa2e6] = 0x20ac;
  units[0xa2e7] = 0xae;
  let syllable = FIRST_SYLLABLE;
  for (let first = 0x81; first <= 0xc6; first += 1) {
    for (const second of freeSeconds(first)) {
      while (common.has(syllable)) syllable += 1;
      if (syllable > LAST_SYLLABLE) return units;
      units[first * 256 + second] = syllable;
      syllable += 1;
    }
  }
  return units;
}

/** Second bytes that EUC-KR does not use after this first one. */
function freeSeconds(first: number): number[] {
  const all = Array.from({ length: 0xfe - 0x41 + 1 }, (_, index) => 0x41 + index);
  return all.filter(
    (byte) =>
      byte <= 0x5a || (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x81 && (first < 0xa1 || byte < 0xa1)),
  );
}

export function createCp949Decoder(): PieceDecoder {
  const units = pairs();
  let held = 0;
  return (bytes) => {
    if (bytes === undefined) {
      const left = held === 0 ? '' : '\uFFFD';
      held = 0;
      return left;
    }
    const out = new Uint16Array(bytes.length + 1);
    let length = 0;
    for (const byte of bytes) {
      if (held !== 0) {
        const unit = units[held * 256 + byte] ?? 0;
        held = 0;
        out[length++] = unit === 0 ? REPLACEMENT : unit;
        // A broken pair swallows no comma and no line end.
        if (unit === 0 && byte < 0x80) out[length++] = byte;
      } else if (byte < 0x80) out[length++] = byte;
      else if (byte >= 0x81 && byte <= 0xfe) held = byte;
      else out[length++] = REPLACEMENT;
    }
    return Buffer.from(out.buffer, 0, length * 2).toString('utf16le');
  };
}

/** Counts what a text would be in CP949, piece by piece. */
export function createCp949Counter(): { add(bytes: Uint8Array): void; share(): Cp949Share } {
  const units = pairs();
  const share: Cp949Share = { pairCount: 0, commonSyllableCount: 0, brokenCount: 0 };
  let held = 0;
  return {
    add: (bytes) => {
      for (const byte of bytes) {
        if (held !== 0) {
          if ((units[held * 256 + byte] ?? 0) === 0) share.brokenCount += 1;
          else share.pairCount += 1;
          const { first, last } = SYLLABLES_OF_KS;
          if (held >= first && held <= last && byte >= 0xa1) share.commonSyllableCount += 1;
          held = 0;
        } else if (byte >= 0x81 && byte <= 0xfe) held = byte;
        else if (byte >= 0x80) share.brokenCount += 1;
      }
    },
    share: () => ({ ...share, brokenCount: share.brokenCount + (held === 0 ? 0 : 1) }),
  };
}
