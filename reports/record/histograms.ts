// Latency histograms as the record keeps them: HdrHistogram, microseconds, 3 significant digits, 1 µs to 1 h, which
// can be merged without loss. Percentiles of several histograms are read from their merge, never averaged.
import {
  build,
  decodeFromCompressedBase64,
  encodeIntoCompressedBase64,
  type Histogram,
} from 'hdr-histogram-js';
import type { LatencySummary } from './result.ts';

export type { Histogram };

const HIGHEST_TRACKABLE_US = 3_600_000_000;

/** An empty histogram of the record's kind; values are microseconds. */
export function createHistogram(): Histogram {
  return build({
    bitBucketSize: 32,
    autoResize: true,
    lowestDiscernibleValue: 1,
    highestTrackableValue: HIGHEST_TRACKABLE_US,
    numberOfSignificantValueDigits: 3,
    useWebAssembly: false,
  });
}

/** HdrHistogram's V2 compressed encoding in base64. */
export function encodeHistogram(histogram: Histogram): string {
  return encodeIntoCompressedBase64(histogram);
}

/** @throws Error when the text is no V2 compressed histogram */
export function decodeHistogram(encodedBase64: string): Histogram {
  try {
    return decodeFromCompressedBase64(encodedBase64, 32, false);
  } catch (cause) {
    throw new Error(
      `found ${encodedBase64.length} characters starting "${encodedBase64.slice(0, 12)}", needed an HdrHistogram in V2 compressed base64`,
      { cause },
    );
  }
}

/**
 * Quantiles in milliseconds. Censored samples are among the histogram's samples already, recorded at the time that they had
 * waited, `censoredFromMs` at least. So every quantile is a lower bound of the true one, and where it lies below that time
 * it is the true one. A histogram without samples gives zeros and `count: 0`.
 */
export function summarise(
  histogram: Histogram,
  censoredCount: number,
  censoredFromMs?: number,
): LatencySummary {
  const ms = (percentile: number) => histogram.getValueAtPercentile(percentile) / 1000;
  const isEmpty = histogram.totalCount === 0;
  return {
    unit: 'ms',
    count: histogram.totalCount,
    censoredCount,
    ...(censoredFromMs === undefined ? {} : { censoredFromMs }),
    mean: isEmpty ? 0 : histogram.mean / 1000,
    p50: isEmpty ? 0 : ms(50),
    p90: isEmpty ? 0 : ms(90),
    p95: isEmpty ? 0 : ms(95),
    p99: isEmpty ? 0 : ms(99),
    max: isEmpty ? 0 : histogram.maxValue / 1000,
  };
}
