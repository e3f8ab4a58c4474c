// HdrHistogram's log format (version 1.3): one file a metric, one line an interval, readable by every HdrHistogram
// tool. Timestamps are seconds of the epoch; StartTime is second 0 of the measured span, so a lead-in lies before it.
import { forEachRecorded } from './sparse-histogram.ts';

const LEGEND = '"StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"';

/** The lines that open a log. */
export function histogramLogHeader(metric: string, spanStartedAt: Date): string {
  const seconds = (spanStartedAt.getTime() / 1000).toFixed(3);
  return [
    `#[Stampede metric ${metric.replaceAll(/[\r\n]/g, ' ')}; values are microseconds, Interval_Max is milliseconds]`,
    '#[Histogram log format version 1.3]',
    `#[StartTime: ${seconds} (seconds since epoch), ${spanStartedAt.toISOString()}]`,
    LEGEND,
    '',
  ].join('\n');
}

/**
 * The line of one second.
 * @param second of the measured span, negative while leading in
 * @throws Error when the histogram cannot be read
 */
export function histogramLogLine(spanStartedAt: Date, second: number, encodedBase64: string): string {
  const start = (spanStartedAt.getTime() / 1000 + second).toFixed(3);
  let maxUs = 0;
  forEachRecorded(encodedBase64, (_value, _count, highestUs) => {
    maxUs = highestUs;
  });
  const maxMs = (maxUs / 1000).toFixed(3);
  return `${start},1.000,${maxMs},${encodedBase64}\n`;
}

export type HistogramInterval = { second: number; encodedBase64: string };

/**
 * The intervals of a log in the order written. A last line that was cut off by a kill is left out.
 * @param file named in the message
 * @throws Error when StartTime is missing or a line is not an interval
 */
export function readHistogramLog(text: string, file: string): HistogramInterval[] {
  const startedAtSeconds = Number.parseFloat(/^#\[StartTime: ([\d.]+)/m.exec(text)?.[1] ?? '');
  if (Number.isNaN(startedAtSeconds))
    throw new Error(`${file}: found no StartTime line, needed "#[StartTime: <seconds>"`);
  const lines = text.split('\n').slice(0, -1);
  const intervals: HistogramInterval[] = [];
  for (const [index, line] of lines.entries()) {
    if (line === '' || line.startsWith('#') || line.startsWith('"')) continue;
    const [start, , , encodedBase64] = line.split(',');
    if (start === undefined || encodedBase64 === undefined || Number.isNaN(Number(start))) {
      throw new Error(
        `${file} line ${index + 1}: found "${line.slice(0, 60)}", needed start,length,max,histogram`,
      );
    }
    intervals.push({ second: Math.round(Number(start) - startedAtSeconds), encodedBase64 });
  }
  return intervals;
}
