// Runs before every program of the project: says in one line when the Node that runs it is too old.
// Plain CommonJS, because an old Node must be able to read it.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 24 || (major === 24 && minor < 7)) {
  console.error(
    `Stampede needs Node 24.7 or newer; this is Node ${process.versions.node}. Run it through npm (\`npm ci\` brings Node 24 on Linux, Windows and Intel Macs) or install Node 24.`,
  );
  process.exit(3);
}

// kafkajs asks for a timer in the past after each answer, which is harmless; Node's warning of it would stand in the middle of
// what a person reads.
const emitWarning = process.emitWarning;
process.emitWarning = (warning, ...rest) => {
  if (rest[0] !== 'TimeoutNegativeWarning') emitWarning.call(process, warning, ...rest);
};

require('./surroundings.cjs');
