// Addresses as they may be shown, whatever characters a password has: people paste it as it is.

/**
 * The address without its password, if it has one; a list of brokers stays as it is. Where a colon and an at sign do not say
 * for certain what is a password, all between them is left out.
 */
export function withoutPassword(url: string): string {
  const text = url.replace(/([?&](?:ssl)?password=)[^&]*/gi, '$1***');
  const scheme = /^[a-z][a-z+]*:\/\//i.exec(text)?.[0] ?? '';
  const at = text.lastIndexOf('@');
  const colon = text.indexOf(':', scheme.length);
  return colon < 0 || colon > at ? text : text.slice(0, colon) + text.slice(at);
}

/**
 * Whether those who read the address would take a piece of its password for something else: a raw `/`, `?` or `#` ends what
 * they look at, a raw `%` announces a code.
 */
export function needsEncoding(url: string): boolean {
  const at = url.lastIndexOf('@');
  if (at < 0 || !url.includes('://')) return false;
  try {
    const { username, password, host, protocol } = new URL(url);
    decodeURIComponent(`${username}${password}`);
    return new URL(`${protocol}//${url.slice(at + 1)}`).host !== host;
  } catch {
    return true;
  }
}
