// Worker thread: makes the chunks it is told to, and loads each in one transaction of its own or hands over its text.
import { parentPort, workerData } from 'node:worker_threads';
import { Client } from 'pg';
import { makePeopleChunk, makePoolChunks } from './chunk-maker.ts';
import type { FromWorker, MadeChunk, ToWorker, WorkerSetup } from './chunk-protocol.ts';
import { copyText } from './copy-rows.ts';
import { PEOPLE_TABLES, type TableText } from './row-text.ts';
import { prepareYear } from './year.ts';

const setup = workerData as WorkerSetup;
const port = parentPort;
if (port === null) throw new Error('sim/history/chunk-worker.ts runs as a worker thread only.');
const year = prepareYear(setup.settings);
const say = (message: FromWorker): void => port.postMessage(message);

let wakeUp: (() => void) | null = null;
let work = openConnection();

port.on('message', (message: ToWorker) => {
  if (message.kind === 'taken') {
    wakeUp?.();
    return;
  }
  work = work.then(async (client) => {
    if (message.kind === 'make') await deliver(client, makePeopleChunk(year, setup, message.index));
    else {
      const done = new Set(message.done);
      for (const chunk of makePoolChunks(year, setup))
        if (!done.has(chunk.index)) await deliver(client, chunk);
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

/** Stores a chunk and waits until the maker of the history has taken note of it. */
async function deliver(client: Client | null, chunk: MadeChunk & { text: TableText }): Promise<void> {
  const taken = new Promise<void>((resolve) => {
    wakeUp = resolve;
  });
  if (client === null) say({ kind: 'chunk', chunk });
  else {
    await store(client, chunk);
    say({ kind: 'chunk', chunk: { ...chunk, text: null } });
  }
  await taken;
}

async function store(client: Client, { index, text, rowCounts, tally }: MadeChunk & { text: TableText }) {
  await client.query('BEGIN');
  for (const table of PEOPLE_TABLES) if (text[table] !== '') await copyText(client, table, text[table]);
  const rowCount = Object.values(rowCounts).reduce((sum, count) => sum + count, 0);
  await client.query('INSERT INTO stampede_history.chunks VALUES ($1, $2, $3)', [
    index,
    rowCount,
    JSON.stringify(tally),
  ]);
  await client.query('COMMIT');
}
