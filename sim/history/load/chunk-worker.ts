// Worker thread: makes the chunks it is told to, and loads each in one transaction of its own or hands over its rows.
import { parentPort, workerData } from 'node:worker_threads';
import { Client } from 'pg';
import { prepareYear } from '../year/year.ts';
import { type ChunkMaker, type ChunkWithRows, createChunkMaker } from './chunk-maker.ts';
import type { FromWorker, ToWorker, WorkerSetup, WorkerStart } from './chunk-protocol.ts';
import { storeChunk } from './store-chunk.ts';

const { settings } = workerData as WorkerStart;
const port = parentPort;
if (port === null) throw new Error('sim/history/load/chunk-worker.ts runs as a worker thread only.');
const year = prepareYear(settings);
const say = (message: FromWorker, given: ArrayBuffer[] = []): void => port.postMessage(message, given);

type Begun = { maker: ChunkMaker; client: Client | null };

let wakeUp: (() => void) | null = null;
let work: Promise<Begun | null> = Promise.resolve(null);

port.on('message', (message: ToWorker) => {
  if (message.kind === 'taken') {
    wakeUp?.();
    return;
  }
  if (message.kind === 'end') {
    // Nothing keeps the thread then.
    port.close();
    work.then((begun) => begun?.client?.end()).catch(() => undefined);
    return;
  }
  work = work.then(async (begun) => {
    if (message.kind === 'begin')
      return { maker: createChunkMaker(year, message.setup), client: await openConnection(message.setup) };
    if (begun === null)
      throw new Error(`A worker of the history was told to ${message.kind} before it began.`);
    const { maker, client } = begun;
    if (message.kind === 'make') await deliver(client, maker.people(message.index));
    else {
      const done = new Set(message.done);
      for (const chunk of maker.pools()) if (!done.has(chunk.index)) await deliver(client, chunk);
      await taken;
      say({ kind: 'all-made' });
    }
    return begun;
  });
  // A failure ends the thread with its error, which the maker of the history hears.
  work.catch((error: unknown) => {
    setImmediate(() => {
      throw error;
    });
  });
});

async function openConnection({ databaseUrl }: WorkerSetup): Promise<Client | null> {
  if (databaseUrl === null) return null;
  const client = new Client({ connectionString: databaseUrl, application_name: 'stampede-history' });
  // A connection that is lost between two statements is told by the next one.
  client.on('error', () => undefined);
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
