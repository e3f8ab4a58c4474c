// A window's traffic with the shop, as the browser tells it: requests with their answers, and the text messages of socket.io.
import type { OrderAttempt } from '../adapters/our-shop/attempts.ts';
import { answerOf } from '../adapters/our-shop/request-verdict.ts';

export type Asked = {
  method: string;
  path: string;
  /** As JSON; null where there was none. */
  body: unknown;
};
export type Answered = Asked & { status: number; answer: unknown };

/** Whether what was asked for exists after this answer: `refused` only where it certainly does not. */
export const verdictOf = ({ status, answer }: Answered): OrderAttempt['answer'] =>
  answerOf({ kind: 'answer', status, headers: {}, json: () => answer, sentMs: 0, answeredMs: 0 });

/** An event of the socket; `number` is that of the answer which is waited for, null where none is. */
type SocketEvent = { name: string; told: unknown; number: string | null };

const EVENT_FRAME = /^42(\d*)(\[.*\])$/s;
const ANSWER_FRAME = /^43(\d+)(\[.*\])$/s;

/** `42["order:confirmed",{…}]`; null for a message that is no event. */
export function eventOf(frame: string): SocketEvent | null {
  const [, number = '', text] = EVENT_FRAME.exec(frame) ?? [];
  const [name, told] = listOf(parsed(text ?? null));
  return typeof name === 'string' ? { name, told, number: number === '' ? null : number } : null;
}

/** `437[{…}]`, the answer to event 7; null for a message that is none. */
export function socketAnswerOf(frame: string): { number: string; given: unknown } | null {
  const [, number, text] = ANSWER_FRAME.exec(frame) ?? [];
  return number === undefined ? null : { number, given: listOf(parsed(text ?? null))[0] };
}

/** The value of a JSON text; null for what is none. */
export function parsed(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
