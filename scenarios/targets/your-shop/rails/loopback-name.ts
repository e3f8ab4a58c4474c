// Which names are this machine itself, as a URL spells them.

/** True for `localhost`, names below it, 127.0.0.0/8 and ::1; whatever a name resolves to, no other one is. */
export function isLoopbackName(hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/\.$/, '');
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    /^127(\.\d{1,3}){3}$/.test(name) ||
    name === '[::1]'
  );
}
