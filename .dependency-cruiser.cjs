// The five rooms and the one direction between them (docs/architecture.md), checked by `npm run check:arrows`.
const test = '\\.test\\.ts$';
/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'system-stands-alone',
      comment: 'The shop imports nothing of ours outside system/.',
      severity: 'error',
      from: { path: '^system/', pathNot: test },
      to: { path: '^(sim|scenarios|reports|deploy)/' },
    },
    {
      name: 'contract-stands-alone',
      comment: 'The contract is what outsiders may know; it knows nothing of the inside.',
      severity: 'error',
      from: { path: '^system/contract/' },
      to: { path: '^system/(?!contract/)' },
    },
    {
      name: 'platform-knows-no-feature',
      comment: 'Features stand on the platform; it learns of them from what puts the shop together.',
      severity: 'error',
      from: { path: '^system/platform/', pathNot: `${test}|testing\\.ts$` },
      to: { path: '^system/(?!contract/|platform/)' },
    },
    {
      name: 'features-do-not-know-the-shop',
      comment:
        'What puts the shop together (features, config, api, serve, main) knows the features, never the other way.',
      severity: 'error',
      from: {
        path: '^system/(?!contract/|platform/|faults/|security/|bench/)[^/]+/',
        pathNot: `${test}|testing\\.ts$`,
      },
      to: { path: '^system/[^/]+\\.ts$' },
    },
    {
      name: 'outsiders-see-only-the-contract',
      severity: 'error',
      from: { path: '^(sim|scenarios|reports|deploy)/' },
      to: { path: '^system/(?!contract/)' },
    },
    {
      name: 'sim-imports-only-the-contract',
      severity: 'error',
      from: { path: '^sim/', pathNot: test },
      to: { path: '^(scenarios|reports|deploy)/' },
    },
    {
      name: 'model-and-shopper-are-pure',
      comment: 'sim/model and sim/shopper must run in any JavaScript engine: no Node API and no I/O library.',
      severity: 'error',
      from: { path: '^sim/(model|shopper)/', pathNot: test },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'model-and-shopper-know-no-engine',
      severity: 'error',
      from: { path: '^sim/(model|shopper)/', pathNot: test },
      to: { path: '^sim/(engine|adapters|generator|history)/|^system/' },
    },
    {
      name: 'engine-knows-no-shop',
      comment:
        'Timing, measuring and transport; what knows a shop is its adapter, what puts both together the generator.',
      severity: 'error',
      from: { path: '^sim/engine/', pathNot: test },
      to: { path: '^sim/(adapters|generator|history)/|^system/' },
    },
    {
      name: 'model-knows-no-shopper',
      severity: 'error',
      from: { path: '^sim/model/', pathNot: test },
      to: { path: '^sim/shopper/' },
    },
    {
      name: 'reports-and-deploy-stand-alone',
      severity: 'error',
      from: { path: '^(reports|deploy)/', pathNot: test },
      to: { path: '^(sim|system|scenarios)/' },
    },
    {
      name: 'reports-knows-no-deploy-and-back',
      severity: 'error',
      from: { path: '^(reports|deploy)/', pathNot: test },
      to: { path: '^(reports|deploy)/', pathNot: '^$1/' },
    },
    {
      name: 'cells-know-no-shop',
      comment: 'A cell runs against a Target; what that is made of is behind scenarios/targets/target.ts.',
      severity: 'error',
      from: { path: '^scenarios/cell/', pathNot: test },
      to: {
        path: '^scenarios/(audit/|targets/(?!target\\.ts$)|data/databases)|^deploy/local/services/|node_modules/(pg|ioredis|kafkajs)/',
      },
    },
    {
      name: 'targets-are-found-by-name',
      comment:
        'Whoever runs, plans or judges takes a target from the table; benches measure our shop itself, and `npm run target` asks one of yours.',
      severity: 'error',
      from: { path: '^scenarios/(?!targets/|target/|bench/)', pathNot: test },
      to: { path: '^scenarios/targets/[^/]+/' },
    },
    {
      name: 'metrics-are-pure',
      comment: 'The scripts of the page bundle the catalogue of metrics.',
      severity: 'error',
      from: { path: '^reports/metrics/', pathNot: test },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'metrics-know-no-reader',
      severity: 'error',
      from: { path: '^reports/metrics/', pathNot: test },
      to: { path: '^reports/(?!metrics/|format/)' },
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types'] },
  },
};
