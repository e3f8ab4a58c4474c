// What the generator attempted, on disk: a line for each attempt in the cell's folder, written as its fate becomes known and
// read by the audit. Nothing of it stays in memory, so that a run may last for hours.
import { closeSync, createReadStream, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordedAttempt } from './recorded-attempt.ts';

export type AttemptsFile = {
  /** With the operating system when it returns. @throws Error when the disk does not take them */
  append(attempts: readonly RecordedAttempt[]): void;
  /** Reads them from the beginning, in their order; as often as one likes. */
  read(): AsyncGenerator<RecordedAttempt>;
  close(): void;
};

/** Makes `attempts.ndjson` in the folder anew. */
export function createAttemptsFile(directory: string): AttemptsFile {
  const path = join(directory, 'attempts.ndjson');
  const descriptor = openSync(path, 'w');
  let isClosed = false;
  return {
    append(attempts) {
      if (attempts.length === 0) return;
      writeWhole(descriptor, attempts.map((attempt) => `${JSON.stringify(attempt)}\n`).join(''));
    },
    async *read() {
      // Written by this very process.
      for await (const line of linesOf(path)) yield JSON.parse(line) as RecordedAttempt;
    },
    close() {
      if (isClosed) return;
      isClosed = true;
      closeSync(descriptor);
    },
  };
}

function writeWhole(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let offset = 0; offset < bytes.length; ) offset += writeSync(descriptor, bytes, offset);
}

/** Lines end at a line feed only: Node's readline ends them at U+2028 too, which JSON leaves as it is. */
async function* linesOf(path: string): AsyncGenerator<string> {
  let begun = '';
  for await (const chunk of createReadStream(path, 'utf8')) {
    const lines = `${begun}${chunk}`.split('\n');
    begun = lines.pop() ?? '';
    yield* lines;
  }
}
