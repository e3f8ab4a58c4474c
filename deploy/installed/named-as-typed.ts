// The programs name each other as npm runs them in a checkout. Where Stampede is installed there are no such scripts: there, what
// they say names them as they are typed.

/** `npm run stack -- up` → `npx stampede stack up`; names that are not among these stay. */
export function namedAsTyped(text: string, typedAs: string, names: readonly string[]): string {
  const command = new RegExp(`npm run (?:--silent )?(${names.join('|')})(?![\\w:-])(?: --(?![\\w-]))?`, 'g');
  return text.replace(command, `${typedAs} $1`);
}

/** Lets everything that is written to this stream from now on name commands as they are typed. */
export function nameAsTyped(stream: NodeJS.WriteStream, typedAs: string, names: readonly string[]): void {
  const write = stream.write.bind(stream) as (chunk: unknown, ...rest: unknown[]) => boolean;
  const named = (chunk: unknown, ...rest: unknown[]): boolean =>
    write(typeof chunk === 'string' ? namedAsTyped(chunk, typedAs, names) : chunk, ...rest);
  stream.write = named as typeof stream.write;
}
