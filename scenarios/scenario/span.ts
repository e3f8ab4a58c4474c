// A span as people type it: "90", "90s", "20m", "8h".

const SECONDS_OF: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, min: 60, h: 3_600 };

/** In seconds, as the scenario takes it; what is no span stays as it is, for the scenario to refuse. */
export function secondsText(text: string): string {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)\s?(s|m|min|h)?$/.exec(text) ?? [];
  const seconds = SECONDS_OF[unit];
  return amount === undefined || seconds === undefined ? text : String(Number(amount) * seconds);
}
