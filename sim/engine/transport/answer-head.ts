// The head of an answer of HTTP/1.1: its status, and what says where its body ends. Any other header is read only once somebody
// asks for one, which who places an order never does. Pure.

export type AnswerHeaders = Readonly<Record<string, string | string[] | undefined>>;

const STATUS_LINE = /^HTTP\/1\.([01]) (\d{3})(?: |$)/;

/** What frames a body and keeps a connection; a name that stands twice has its values with a comma between them. */
type Framing = {
  connection?: string;
  'keep-alive'?: string;
  'content-length'?: string;
  'transfer-encoding'?: string;
};

/** A class, because there is one for each answer. */
export class AnswerHead {
  readonly status: number;
  readonly framing: Readonly<Framing>;
  /** Whether another answer may follow on the connection, where the body does not end with it. */
  readonly keepsAlive: boolean;
  private readonly text: string;
  private known: AnswerHeaders | null = null;

  constructor(status: number, minorVersion: string, framing: Framing, text: string) {
    const connection = framing.connection?.toLowerCase();
    this.status = status;
    this.framing = framing;
    this.keepsAlive = minorVersion === '1' ? connection !== 'close' : connection === 'keep-alive';
    this.text = text;
  }

  /** By name in lower case. A name that stands twice has all its values. */
  get headers(): AnswerHeaders {
    this.known ??= headersIn(this.text);
    return this.known;
  }
}

/** Reads a head without the empty line that ends it; null where it is none. */
export function readAnswerHead(text: string): AnswerHead | null {
  const first = endOfLine(text, 0);
  const found = STATUS_LINE.exec(text.slice(0, first));
  if (found === null) return null;
  const framing: Framing = {};
  for (let from = first + 2; from < text.length; ) {
    const end = endOfLine(text, from);
    const colon = text.indexOf(':', from);
    if (colon <= from || colon >= end) return null;
    const name = framingName(text, from, colon);
    if (name !== null) {
      const value = text.slice(colon + 1, end).trim();
      const known = framing[name];
      framing[name] = known === undefined ? value : `${known}, ${value}`;
    }
    from = end + 2;
  }
  return new AnswerHead(Number(found[2]), found[1] ?? '', framing, text);
}

/** Null for all other names, most of which are told by their length. */
function framingName(text: string, from: number, to: number): keyof Framing | null {
  const length = to - from;
  if (length !== 10 && length !== 14 && length !== 17) return null;
  const name = text.slice(from, to).toLowerCase();
  switch (name) {
    case 'connection':
    case 'keep-alive':
    case 'content-length':
    case 'transfer-encoding':
      return name;
    default:
      return null;
  }
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\r\n', from);
  return end < 0 ? text.length : end;
}

/** Those of the lines after the first, each of which has a colon. */
function headersIn(text: string): AnswerHeaders {
  const headers: Record<string, string | string[]> = {};
  for (const line of text.split('\r\n').slice(1)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    const known = headers[name];
    headers[name] = known === undefined ? value : [known, value].flat();
  }
  return headers;
}
