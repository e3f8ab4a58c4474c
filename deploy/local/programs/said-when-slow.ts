// Nobody looks at a silent terminal for long: work that shows no progress of its own says what it is at once it takes longer.

const FIRST_AFTER_MS = 2_000;
const AGAIN_AFTER_MS = 4_000;

/**
 * Settles as `work` does. Once that takes over two seconds, `say` gets the sentence, and then, every four seconds, for how long it
 * has gone on.
 * @param what without a full stop: "Ending the services"
 */
export async function saidWhenSlow<T>(
  what: string,
  work: Promise<T>,
  say: (line: string) => void = (line) => void process.stderr.write(`${line}\n`),
): Promise<T> {
  let seconds = FIRST_AFTER_MS / 1_000;
  let timer = setTimeout(first, FIRST_AFTER_MS);
  function first(): void {
    say(`${what} …`);
    timer = setInterval(again, AGAIN_AFTER_MS);
  }
  function again(): void {
    seconds += AGAIN_AFTER_MS / 1_000;
    say(`${what} … ${seconds} s so far`);
  }
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}
