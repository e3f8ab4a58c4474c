// A stream of server-sent events, read as it comes (HTML standard, 9.2.6). Pure. Undici's EventSource is of no use here: it hides the
// status and every lost connection, and sends no header of ours.

/** Takes the text of a stream in pieces of any length; `onEvent` is told each event's type (`message` where it has none) and data. */
export function createEventReader(onEvent: (type: string, data: string) => void): (piece: string) => void {
  let rest = '';
  let type = '';
  let data: string[] = [];

  function takeLine(line: string): void {
    if (line === '') {
      if (data.length > 0) onEvent(type || 'message', data.join('\n'));
      type = '';
      data = [];
      return;
    }
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') type = value;
    else if (field === 'data') data.push(value);
  }

  return (piece) => {
    // A carriage return at the end may be the first half of a line's end.
    const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    for (const line of lines) takeLine(line);
  };
}
