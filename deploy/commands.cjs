// What a person can ask of Stampede: `npm run NAME -- …` in a checkout, `stampede NAME …` where it is installed. package.json's
// scripts say which program each name is; this says what it does. Plain CommonJS, because what runs first reads it.
const { scripts } = require('../package.json');

const PROGRAM = /^node -r \.\/deploy\/require-node\.cjs (?!node_modules\/)(\S+\.ts)$/;
/** Serves who works on Stampede. */
const OF_THE_WORKSHOP = ['dashboard'];

const DOES = {
  scenario: 'rehearse a scenario; without a name: list them',
  generator: 'join a rehearsal on another machine as one of its generators',
  report: "make a run's page again, or show all runs in a browser",
  compare: 'hold one run against another',
  baseline: 'keep results that later runs are held against',
  history: 'fill a shop with a believable past',
  import: 'import a catalogue of your own',
  stack: 'PostgreSQL, Redis and Kafka alone: up, down, status, logs, doctor',
  shop: 'open the shop in your browser',
  monitor: 'watch the cache of a running shop',
  bench: 'measure the instrument and the shop against their limits',
  target: 'rehearse your own shop',
};

/** By name: the program's file below the project, and what it does in a few words. */
const COMMANDS = Object.fromEntries(
  Object.entries(scripts).flatMap(([name, line]) => {
    const [, entry] = PROGRAM.exec(line) ?? [];
    return entry === undefined || OF_THE_WORKSHOP.includes(name) ? [] : [[name, { entry, does: DOES[name] }]];
  }),
);

module.exports = { COMMANDS };
