// A whole number on the command line.
import { InvalidArgumentError } from 'commander';

/** The number that the text is; throws commander's error, which names the option, for anything but digits. */
export function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError(`found "${text}", needs a whole number.`);
  return Number(text);
}
