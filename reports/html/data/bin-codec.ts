// The binary form of bins over time. A bucket is the number of its filled bins, then one byte for each: the distance
// to the bin before in the high four bits, the count in the low four; where one of them is beyond 15 the four bits are
// 0 and a LEB128 number follows. Most bins of a time bucket hold a few samples, so most take one byte.
import { BIN_COUNT, type Bins } from './bins.ts';

const LARGEST_NIBBLE = 15;

/** Appends the buckets of one metric, each `BIN_COUNT` counts of `counts`, to `bytes`. */
export function encodeBuckets(counts: Uint32Array, bytes: number[]): void {
  for (let start = 0; start < counts.length; start += BIN_COUNT) {
    const filled: number[] = [];
    for (let bin = 0; bin < BIN_COUNT; bin++) if ((counts[start + bin] ?? 0) > 0) filled.push(bin);
    writeNumber(filled.length, bytes);
    let before = -1;
    for (const bin of filled) {
      const distance = bin - before;
      const count = counts[start + bin] ?? 0;
      const high = distance <= LARGEST_NIBBLE ? distance : 0;
      const low = count <= LARGEST_NIBBLE ? count : 0;
      bytes.push(high * 16 + low);
      if (high === 0) writeNumber(distance, bytes);
      if (low === 0) writeNumber(count, bytes);
      before = bin;
    }
  }
}

/** Filled bins of one time bucket: places and counts side by side. */
export type SparseBins = { bins: number[]; counts: number[] };

/** Reads back what `encodeBuckets` wrote for one metric. */
export function decodeBuckets(bytes: Uint8Array): SparseBins[] {
  const buckets: SparseBins[] = [];
  let position = 0;
  const readNumber = () => {
    let value = 0;
    let scale = 1;
    let byte: number;
    do {
      byte = bytes[position++] ?? 0;
      value += (byte & 0x7f) * scale;
      scale *= 128;
    } while (byte >= 128);
    return value;
  };
  while (position < bytes.length) {
    const sparse: SparseBins = { bins: [], counts: [] };
    let bin = -1;
    for (let left = readNumber(); left > 0; left--) {
      const token = bytes[position++] ?? 0;
      bin += token >> 4 || readNumber();
      sparse.bins.push(bin);
      sparse.counts.push(token & LARGEST_NIBBLE || readNumber());
    }
    buckets.push(sparse);
  }
  return buckets;
}

/** The samples of several time buckets taken together. */
export function mergeBuckets(buckets: Iterable<SparseBins>): Bins {
  const merged = new Uint32Array(BIN_COUNT);
  for (const { bins, counts } of buckets) {
    for (const [place, bin] of bins.entries()) merged[bin] = (merged[bin] ?? 0) + (counts[place] ?? 0);
  }
  return merged;
}

function writeNumber(value: number, bytes: number[]): void {
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
}
