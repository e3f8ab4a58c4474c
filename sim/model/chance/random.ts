// The source of chance: named streams of one seed, so that the same seed gives the same people, plan and decisions, and
// so that drawing more from one stream never shifts another.

/** A stream of random numbers. Rates, shapes and scales must be positive. */
export type Random = {
  /** Uniform in [0, 1), 53 bits. */
  uniform(): number;
  /** Uniform whole number in [low, high], both ends included. */
  integer(low: number, high: number): number;
  /** True with the given probability. */
  chance(probability: number): boolean;
  /** Exponential with the given rate (mean 1/rate). */
  exponential(rate: number): number;
  /** Standard normal (Marsaglia's polar method). */
  normal(): number;
  /** Gamma with the given shape and scale 1 (Marsaglia, Tsang 2000). */
  gamma(shape: number): number;
  /** Beta(a, b) as a ratio of gammas. */
  beta(a: number, b: number): number;
  /** Weibull by inversion: scale · (−ln(1−u))^(1/shape). */
  weibull(shape: number, scale: number): number;
  /** One of the items, each as likely; throws on an empty list. */
  pick<Item>(items: readonly Item[]): Item;
  /** Index drawn in proportion to weights that are given cumulated (non-decreasing, last > 0). */
  weighted(cumulativeWeights: ArrayLike<number>): number;
};

/** A stream that depends on the seed and on every name, and on nothing else. */
export function createRandom(seed: number, ...names: (string | number)[]): Random {
  let text = `number:${seed}`;
  for (const name of names) text += `\u0000${typeof name}:${name}`;
  return new Sfc32(hash128(text));
}

/** The 128 bits of a UUID as four signed 32-bit numbers, first the highest: cheap to draw, to carry and to store. */
export type UuidWords = readonly [number, number, number, number];

/**
 * A UUID of version 7 (RFC 9562): 48 bits of Unix milliseconds, 74 bits from the stream. The same stream and instant
 * give the same id again.
 */
export function uuidv7(random: Random, unixMs: number): UuidWords {
  const time = Math.floor(unixMs);
  const a = 0x7000 | random.integer(0, 0xfff);
  const b = 0x8000 | random.integer(0, 0x3fff);
  const c = random.integer(0, 0xffffff);
  const d = random.integer(0, 0xffffff);
  return [(time / 65_536) | 0, ((time & 0xffff) << 16) | a, (b << 16) | (c >>> 8), (c << 24) | d];
}

/** A UUID as it is written: 8-4-4-4-12 hexadecimal digits. */
export function uuidText(words: UuidWords): string {
  const digits = words.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  return digits.replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** cyrb128 (bryc, public domain): 128 bits from a text's UTF-16 units, every word mixed into every other. */
function hash128(text: string): [number, number, number, number] {
  let [a, b, c, d] = [1779033703, 3144134277, 1013904242, 2773480762];
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    a = b ^ Math.imul(a ^ unit, 597399067);
    b = c ^ Math.imul(b ^ unit, 2869860233);
    c = d ^ Math.imul(c ^ unit, 951274213);
    d = a ^ Math.imul(d ^ unit, 2716044179);
  }
  a = Math.imul(c ^ (a >>> 18), 597399067);
  b = Math.imul(d ^ (b >>> 22), 2869860233);
  c = Math.imul(a ^ (c >>> 17), 951274213);
  d = Math.imul(b ^ (d >>> 19), 2716044179);
  a ^= b ^ c ^ d;
  return [a, b ^ a, c ^ a, d ^ a];
}

/**
 * A stream over sfc32 of PractRand (Chris Doty-Humphrey): 128 bits of state, 16 rounds thrown away after seeding. A class,
 * because a history makes several streams for every person: one object each instead of a dozen closures.
 */
class Sfc32 implements Random {
  #a: number;
  #b: number;
  #c: number;
  #counter: number;

  constructor([a, b, c, counter]: readonly [number, number, number, number]) {
    this.#a = a;
    this.#b = b;
    this.#c = c;
    this.#counter = counter;
    for (let round = 0; round < 16; round += 1) this.#bits();
  }

  /** 32 random bits as a signed integer. */
  #bits(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum;
  }

  uniform(): number {
    return ((this.#bits() >>> 5) * 67_108_864 + (this.#bits() >>> 6)) / 9_007_199_254_740_992;
  }

  integer(low: number, high: number): number {
    return low + Math.floor(this.uniform() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.uniform() < probability;
  }

  exponential(rate: number): number {
    return -Math.log(1 - this.uniform()) / rate;
  }

  normal(): number {
    for (;;) {
      const x = 2 * this.uniform() - 1;
      const y = 2 * this.uniform() - 1;
      const square = x * x + y * y;
      if (square > 0 && square < 1) return x * Math.sqrt((-2 * Math.log(square)) / square);
    }
  }

  gamma(shape: number): number {
    if (shape < 1) return this.gamma(shape + 1) * (1 - this.uniform()) ** (1 / shape);
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = this.normal();
      const v = (1 + c * x) ** 3;
      if (v > 0 && Math.log(1 - this.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
    }
  }

  beta(a: number, b: number): number {
    const x = this.gamma(a);
    return x / (x + this.gamma(b));
  }

  weibull(shape: number, scale: number): number {
    return scale * (-Math.log(1 - this.uniform())) ** (1 / shape);
  }

  pick<Item>(items: readonly Item[]): Item {
    const index = Math.floor(this.uniform() * items.length);
    if (index >= items.length) throw new Error('Cannot pick from an empty list.');
    return items[index] as Item;
  }

  weighted(cumulativeWeights: ArrayLike<number>): number {
    return indexAtShare(cumulativeWeights, this.uniform());
  }
}

/** Smallest index whose cumulated weight exceeds `share` (in [0, 1)) of the total, by bisection. */
export function indexAtShare(cumulativeWeights: ArrayLike<number>, share: number): number {
  const total = cumulativeWeights[cumulativeWeights.length - 1] ?? 0;
  if (!(total > 0)) throw new Error(`Cannot draw by weights whose total is ${total}; it must be above 0.`);
  const target = share * total;
  let low = 0;
  let high = cumulativeWeights.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((cumulativeWeights[middle] ?? 0) > target) high = middle;
    else low = middle + 1;
  }
  return low;
}
