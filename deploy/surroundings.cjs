// Runs before every program of the project, after require-node.cjs: keeps what a shell has set for other purposes from reaching
// services of our own. Programs that are started from here inherit it.

const { existsSync } = require('node:fs');
const { enableCompileCache } = require('node:module');
const { join, resolve } = require('node:path');
const { COMMANDS } = require('./commands.cjs');

/** libpq's variables fill what a URL leaves open. They belong to a database that the environment names, not to ours. */
if (!process.env.DATABASE_URL)
  for (const name of Object.keys(process.env)) if (/^PG[A-Z]+$/.test(name)) delete process.env[name];

/** A proxy cannot reach this machine's loopback interface, and a load must not go through one. */
const LOOPBACK = ['localhost', '127.0.0.1', '::1'];
const except = `${process.env.no_proxy ?? ''},${process.env.NO_PROXY ?? ''}`.split(/[\s,]+/).filter(Boolean);
// In both spellings, because programs differ in which one they prefer.
process.env.NO_PROXY = [...new Set([...except, ...LOOPBACK])].join(',');
process.env.no_proxy = process.env.NO_PROXY;

/**
 * npm runs a command in the project's folder, wherever it was typed. A path belongs to where it was typed; what is the project's
 * own (runs/, .stampede/) is found by STAMPEDE_PROJECT. Where Stampede is installed (deploy/installed/), that is the folder where
 * it was typed.
 */
const { INIT_CWD: typedIn, npm_lifecycle_event: command = '', STAMPEDE_TYPED_AS: isInstalled } = process.env;
const isThroughNpm = Boolean(typedIn) && command in COMMANDS && existsSync(typedIn);
if (isThroughNpm || isInstalled) {
  process.env.STAMPEDE_PROJECT = process.cwd();
  if (isThroughNpm) process.chdir(typedIn);
  // Their children do not all work in the same folder.
  for (const name of ['STAMPEDE_HOME', 'KAFKA_TLS_CA_FILE'])
    if (process.env[name]) process.env[name] = resolve(process.env[name]);
  // A run starts the same programs again and again, and reading their source is most of a start. Node says nothing and does without
  // where it cannot write there.
  const home = process.env.STAMPEDE_HOME || join(process.env.STAMPEDE_PROJECT, '.stampede');
  process.env.NODE_COMPILE_CACHE ||= join(home, 'compiled');
  enableCompileCache(process.env.NODE_COMPILE_CACHE);
}
