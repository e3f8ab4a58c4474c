// Addresses as they may be shown.

/** The address without its password, if it has one; a list of brokers stays as it is. */
export function withoutPassword(url: string): string {
  return url.replace(/^([a-z+]+:\/\/[^/@]*?)(:[^@]*)?@/i, '$1@').replace(/([?&]password=)[^&#]*/gi, '$1***');
}
