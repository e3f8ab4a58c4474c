// How a message becomes records of Kafka and back: compressed, cut where it is larger than a broker takes, numbered by its sender so that
// one that comes twice counts once and one that is missing is seen, and sealed with the token, which itself is never sent.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';

/** Brokers take records of 1 MB where nobody set it otherwise. */
export const PART_BYTES_AT_MOST = 400_000;

/** A record: a message or a part of one. */
export type Frame = {
  sender: string;
  recipient: string;
  /** Of the message among those of its sender to this recipient, from 0. */
  sequence: number;
  part: number;
  partCount: number;
  seal: string;
  value: Buffer;
};

type Unsealed = Omit<Frame, 'seal'>;

/** What tells the records of one rehearsal from those of others. */
export type Key = { mark: string; token: string };

function sealOf({ mark, token }: Key, frame: Unsealed): string {
  const { sender, recipient, sequence, part, partCount, value } = frame;
  return createHmac('sha256', token)
    .update(JSON.stringify([mark, sender, recipient, sequence, part, partCount]))
    .update(value)
    .digest('base64url');
}

/** Whether whoever made it has the same token. */
export function isSealedWith(key: Key, frame: Frame): boolean {
  const [found, needed] = [Buffer.from(frame.seal), Buffer.from(sealOf(key, frame))];
  return found.length === needed.length && timingSafeEqual(found, needed);
}

/** Makes records of what `sender` says, with a count for each recipient. */
export function createFramer(key: Key, sender: string, partBytes = PART_BYTES_AT_MOST) {
  const nextSequence = new Map<string, number>();
  return (recipient: string, message: unknown): Frame[] => {
    const sequence = nextSequence.get(recipient) ?? 0;
    nextSequence.set(recipient, sequence + 1);
    const whole = gzipSync(JSON.stringify(message));
    const partCount = Math.ceil(whole.length / partBytes);
    return Array.from({ length: partCount }, (_, part) => {
      const value = whole.subarray(part * partBytes, (part + 1) * partBytes);
      const frame = { sender, recipient, sequence, part, partCount, value };
      return { ...frame, seal: sealOf(key, frame) };
    });
  };
}

/**
 * Puts the records of one sender together again, which come in order. What came before is left out.
 * @throws Error where a record is missing
 */
export function createUnframer<Message>() {
  let sequence = 0;
  let parts: Buffer[] = [];
  return (frame: Frame): Message | null => {
    const isOld = frame.sequence < sequence || (frame.sequence === sequence && frame.part < parts.length);
    if (isOld) return null;
    if (frame.sequence > sequence || frame.part > parts.length)
      throw new Error(
        `message ${sequence} of ${frame.sender} is missing: the next that came was ${frame.sequence}`,
      );
    parts.push(frame.value);
    if (parts.length < frame.partCount) return null;
    const whole = Buffer.concat(parts);
    parts = [];
    sequence += 1;
    return JSON.parse(gunzipSync(whole).toString()) as Message;
  };
}
