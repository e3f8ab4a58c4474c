// Worker thread: makes the chunks it is told to, and loads each in one transaction of its own or hands over its rows.
import { parentPort, workerData } from 'node:worker_threads';
import { Client } from 'pg';
import { type ChunkWithRows, createChunkMaker } from './chunk-maker.ts';
import type { FromWorker, ToWorker, WorkerSetup } from './chunk-protocol.ts';
import { storeChunk } from './store-chunk.ts';
import { prepareYear } from './year.ts';

const setup = workerData as WorkerSetup;
const port = parentPort;
if (port === null) throw new Error('sim/history/chunk-worker.ts runs as a worker thread only.');
const maker = createChunkMaker(prepareYear(setup.settings), setup);
const say = (message: FromWorker, given: ArrayBuffer[] = []): void => port.postMessage(message, given);

let wakeUp: (() => void) | null = null;
let work = openConnection();

port.on('message', (message: ToWorker) => {
  if (message.kind === 'taken') {
    wakeUp?.();
    return;
  }
  work = work.then(async (client) => {
    if (message.kind === 'make') await deliver(client, maker.people(message.index));
    else {
      const done = new Set(message.done);
      for (const chunk of maker.pools()) if (!done.has(chunk.index)) await deliver(client, chunk);
      await taken;
      say({ kind: 'all-made' });
    }
    return client;
  });
  // A failure ends the thread with its error, which the maker of the history hears.
  work.catch((error: unknown) => {
    setImmediate(() => {
      throw error;
    });
  });
});

async function openConnection(): Promise<Client | null> {
  if (setup.databaseUrl === null) return null;
  const client = new Client({ connectionString: setup.databaseUrl, application_name: 'stampede-history' });
  await client.connect();
  // A commit need not wait for the disk: the load's last commit does, and with it all before.
  await client.query('SET synchronous_commit = off');
  return client;
}

let taken: Promise<void> = Promise.resolve();

/**
 * Stores a chunk and tells the maker of the history, who says `taken`; the next chunk is made meanwhile, and handed on
 * only then.
 */
async function deliver(client: Client | null, chunk: ChunkWithRows): Promise<void> {
  if (client !== null) await storeChunk(client, chunk);
  await taken;
  taken = new Promise<void>((resolve) => {
    wakeUp = resolve;
  });
  if (client !== null) say({ kind: 'chunk', chunk: { ...chunk, bytes: null } });
  else
    say(
      { kind: 'chunk', chunk },
      Object.values(chunk.bytes).map(({ buffer }) => buffer),
    );
}
