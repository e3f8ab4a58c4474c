// Frames as kafkajs sends and gives them: what is known of a frame stands in the record's headers.
import type { IHeaders, KafkaMessage, Message } from 'kafkajs';
import type { Frame } from './frames.ts';

export function recordOf({ value, ...headers }: Frame, partition: number): Message {
  const texts = Object.entries(headers).map(([name, word]) => [name, String(word)]);
  return { key: headers.sender, partition, value, headers: Object.fromEntries(texts) };
}

/** Null for a record that is none of ours. */
export function frameOf({ headers = {}, value }: Pick<KafkaMessage, 'headers' | 'value'>): Frame | null {
  const [sender, recipient, seal] = [
    textIn(headers, 'sender'),
    textIn(headers, 'recipient'),
    textIn(headers, 'seal'),
  ];
  const numbers = ['sequence', 'part', 'partCount'].map((name) =>
    Number(textIn(headers, name) ?? Number.NaN),
  );
  const [sequence = 0, part = 0, partCount = 0] = numbers;
  if (sender === null || recipient === null || seal === null || value === null) return null;
  if (!numbers.every(Number.isInteger)) return null;
  return { sender, recipient, seal, sequence, part, partCount, value };
}

function textIn(headers: IHeaders, name: string): string | null {
  const found = headers[name];
  const first = Array.isArray(found) ? found[0] : found;
  return first === undefined ? null : String(first);
}
