// The shops of others that `up` opens: where each lies, how its empty database is filled, how it is served and when it answers. What
// they are made of is in their folders (targets/), which are programs of their own.

/** A program of a shop for Node: a file in its folder, of ours or of a package there, and what it is told. */
type ShopProgram = readonly string[];

export type RealShop = {
  /** As a person types it; also its folder in targets/, and its adapter there. */
  name: 'vendure' | 'medusa';
  /** As it calls itself. */
  title: string;
  /** How long `npm ci` takes in its folder, in seconds, as it was seen. */
  installSeconds: number;
  /** What it needs besides PostgreSQL. */
  needsRedis: boolean;
  /** Run one after the other on an empty database. */
  fill: readonly ShopProgram[];
  /** Files in its folder that decide, with its lock file, how a filled database looks. */
  filledBy: readonly string[];
  serve(at: { port: number; processCount: number }): ShopProgram;
  /** What answers 200 once it serves. */
  readyPath: string;
};

const MEDUSA = 'node_modules/@medusajs/cli/cli.js';

export const REAL_SHOPS: readonly RealShop[] = [
  {
    name: 'vendure',
    title: 'Vendure',
    installSeconds: 25,
    needsRedis: false,
    fill: [['seed.js']],
    filledBy: ['seed.js', 'config.js'],
    serve: () => ['serve.js'],
    readyPath: '/health',
  },
  {
    name: 'medusa',
    title: 'Medusa',
    installSeconds: 65,
    needsRedis: true,
    fill: [
      [MEDUSA, 'db:migrate', '--execute-safe-links'],
      [MEDUSA, 'user', '-e', 'admin@stampede.example', '-p', 'stampede-rehearsal'],
      [MEDUSA, 'exec', './seed.js'],
    ],
    filledBy: ['seed.js', 'medusa-config.js'],
    serve: ({ port, processCount }) => [
      ...[MEDUSA, 'start', '-H', '127.0.0.1', '-p', String(port)],
      ...(processCount > 1 ? ['--cluster', String(processCount)] : []),
    ],
    readyPath: '/health',
  },
];
