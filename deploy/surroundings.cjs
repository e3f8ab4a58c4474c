// Runs before every program of the project, after require-node.cjs: keeps what a shell has set for other purposes from reaching
// services of our own. Programs that are started from here inherit it.

/** libpq's variables fill what a URL leaves open. They belong to a database that the environment names, not to ours. */
if (!process.env.DATABASE_URL)
  for (const name of Object.keys(process.env)) if (/^PG[A-Z]+$/.test(name)) delete process.env[name];

/** A proxy cannot reach this machine's loopback interface, and a load must not go through one. */
const LOOPBACK = ['localhost', '127.0.0.1', '::1'];
const except = `${process.env.no_proxy ?? ''},${process.env.NO_PROXY ?? ''}`.split(/[\s,]+/).filter(Boolean);
// In both spellings, because programs differ in which one they prefer.
process.env.NO_PROXY = [...new Set([...except, ...LOOPBACK])].join(',');
process.env.no_proxy = process.env.NO_PROXY;
