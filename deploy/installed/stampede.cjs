#!/usr/bin/env node
// `stampede NAME …`, where Stampede is installed as a package: runs/ and .stampede/ lie in the folder where it is typed. Plain
// CommonJS, because an old Node must be able to read it; main.ts goes on.
const { spawnSync } = require('node:child_process');
const { dirname, join, sep } = require('node:path');
const { pathToFileURL } = require('node:url');

const [major] = process.versions.node.split('.').map(Number);
const brought = major < 24 ? broughtNode() : null;
if (brought === null) start();
else {
  // Ctrl-C reaches both; the one that works says how it ends.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);
  const { status } = spawnSync(brought, [__filename, ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exitCode = status ?? 3;
}

/** The Node that was installed beside this package; null where there is none for this machine. */
function broughtNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  try {
    const home = dirname(require.resolve(`node-${platform}-${process.arch}/package.json`));
    return join(home, 'bin', platform === 'win' ? 'node.exe' : 'node');
  } catch {
    return null;
  }
}

function start() {
  process.env.STAMPEDE_TYPED_AS = process.env.npm_command === 'exec' ? 'npx stampede' : 'stampede';
  require('../require-node.cjs');
  if (__dirname.split(sep).includes('node_modules')) {
    const strip = join(__dirname, 'strip-types.cjs');
    const quoted = `"${strip.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
    process.env.NODE_OPTIONS = [process.env.NODE_OPTIONS, `--require=${quoted}`].filter(Boolean).join(' ');
    require(strip);
  }
  import(pathToFileURL(join(__dirname, 'main.ts')).href);
}
