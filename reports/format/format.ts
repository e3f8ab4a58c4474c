// Numbers as people read them: units, thousands, clock times. Pure; used by the page's server and client side alike.

/** `1,234` or `0.42`; at most `digits` decimals, fewer for large numbers. */
export function formatNumber(value: number, digits = 2): string {
  const size = Math.abs(value);
  const decimals = Number.isInteger(value) || size >= 1000 ? 0 : size >= 100 ? Math.min(digits, 1) : digits;
  return value.toLocaleString('en-US', { maximumFractionDigits: decimals });
}

/** Milliseconds: `0.42 ms`, `4.2 ms`, `412 ms`, `12.3 s`. */
export function formatMs(ms: number): string {
  const size = Math.abs(ms);
  if (size >= 9999.5) return `${formatNumber(ms / 1000, 1)} s`;
  if (size >= 99.5) return `${Math.round(ms).toLocaleString('en-US')} ms`;
  return `${ms.toLocaleString('en-US', { maximumFractionDigits: size >= 1 ? 1 : 2 })} ms`;
}

/** A wait as a shopper feels it, in seconds with two digits: `0.06 s`, `0.17 s`, `2.1 s`, `12 s`; below a hundredth one digit. */
export function formatSeconds(ms: number): string {
  return secondsText(ms, Math.round);
}

/** The same, never less than the wait, for "under 0.17 s". */
export function formatSecondsUp(ms: number): string {
  // A deadline of 5 s is 5.001 s in the histogram's three digits.
  return secondsText(ms, (value) => Math.ceil(value * 0.999));
}

function secondsText(ms: number, round: (value: number) => number): string {
  const seconds = ms / 1000;
  const step = seconds >= 10 ? 1 : seconds >= 1 ? 0.1 : seconds >= 0.01 ? 0.01 : 0.001;
  return `${(round(seconds / step) * step).toLocaleString('en-US', { maximumFractionDigits: 3 })} s`;
}

/** How long something went on: `2 min`, `90 s`, `1 h`. */
export function formatSpan(seconds: number): string {
  if (seconds > 0 && seconds % 3_600 === 0) return `${seconds / 3_600} h`;
  return seconds >= 60 && seconds % 30 === 0 ? `${seconds / 60} min` : `${formatNumber(seconds)} s`;
}

/** A ratio of 0–1 as per cent: `60.2 %`. */
export function formatPercent(ratio: number, digits = 1): string {
  return `${(ratio * 100).toLocaleString('en-US', { maximumFractionDigits: digits })} %`;
}

const SINGULAR: Record<string, string> = {
  orders: 'order',
  messages: 'message',
  people: 'person',
  steps: 'step',
  visits: 'visit',
};

/** A value in its metric's unit; `ms`, `ratio` and `bytes` are written in the scale that reads best. */
export function formatQuantity(value: number, unit: string): string {
  if (unit === 'ms') return formatMs(value);
  if (unit === 'ratio') return formatPercent(value, Math.abs(value) < 0.1 ? 2 : 1);
  if (unit === 'bytes') return formatBytes(value);
  const rounded = Math.abs(value) >= 100 ? Math.round(value) : value;
  if (unit === '' || unit === 'count') return formatNumber(rounded);
  return `${formatNumber(rounded)} ${rounded === 1 ? (SINGULAR[unit] ?? unit) : unit}`;
}

/** `350 MB`, `1.9 GB` (powers of 1,000). */
export function formatBytes(bytes: number): string {
  return bytes >= 1e9 ? `${formatNumber(bytes / 1e9, 1)} GB` : `${formatNumber(Math.round(bytes / 1e6))} MB`;
}

/** Seconds of a span as `03:10`, `-00:05` or `1:02:03`. */
export function formatClock(seconds: number): string {
  const whole = Math.abs(Math.round(seconds));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const rest = `${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
  return `${seconds < 0 && whole > 0 ? '−' : ''}${hours > 0 ? `${hours}:` : ''}${rest}`;
}

/** `1 limit`, `6 limits`. */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatNumber(count)} ${count === 1 ? singular : plural}`;
}

/** A sentence's beginning: `every order` → `Every order`. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
