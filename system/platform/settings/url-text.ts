// URLs as people write them: with whatever characters their password has.

/** Whether a URL says the same to everybody: a raw / ? # or % in its password ends it early for some. */
export function isWholeUrl(text: string): boolean {
  try {
    const { username, password, host, protocol } = new URL(text);
    decodeURIComponent(`${username}${password}`);
    const at = text.lastIndexOf('@');
    return at < 0 || new URL(`${protocol}//${text.slice(at + 1)}`).host === host;
  } catch {
    return false;
  }
}

/**
 * A text without the password of the URL that it may be. Where a colon and an at sign do not say for certain what is a
 * password, all between them is hidden.
 */
export function withoutPassword(text: string): string {
  const shown = text.replace(/([?&](?:ssl)?password=)[^&]*/gi, '$1***');
  const scheme = /^\s*[a-z][a-z+]*:\/\//i.exec(shown)?.[0] ?? '';
  const at = shown.lastIndexOf('@');
  const colon = shown.indexOf(':', scheme.length);
  return colon < 0 || colon > at ? shown : `${shown.slice(0, colon)}:***${shown.slice(at)}`;
}
