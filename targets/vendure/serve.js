// Serves the shop on PORT of 127.0.0.1 from DATABASE_URL, as PROCESSES processes that share the port, until SIGTERM.
import cluster from 'node:cluster';
import { bootstrap, JobQueueService } from '@vendure/core';
import { vendureConfig } from './config.js';

const { DATABASE_URL: databaseUrl, PORT, PROCESSES = '1' } = process.env;
const processCount = Number(PROCESSES);

if (cluster.isPrimary && processCount > 1) {
  for (let started = 0; started < processCount; started += 1) cluster.fork();
  // One that ends by itself is a fault of the shop: the others end too, so that nobody measures half of it.
  cluster.on('exit', (worker, code) => {
    if (worker.exitedAfterDisconnect) return;
    console.error(`Process ${worker.process.pid} of the shop ended with ${code}.`);
    process.exit(1);
  });
  process.once('SIGTERM', () => {
    for (const worker of Object.values(cluster.workers ?? {})) worker?.kill('SIGTERM');
    cluster.disconnect(() => process.exit(0));
  });
} else {
  const app = await bootstrap(vendureConfig({ databaseUrl, port: Number(PORT), processCount, isNew: false }));
  await app.get(JobQueueService).start();
  process.once('SIGTERM', async () => {
    await app.close();
    process.exit(0);
  });
}
