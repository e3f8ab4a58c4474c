// Feeds the rehearsal's merger the rows of many generators, as Node's channel hands them over, and writes what comes out to a record.
// Answers what that cost and what memory it kept.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { decodeFromCompressedBase64 } from 'hdr-histogram-js';
import { createCellWriter } from '../../../reports/record/cell-writer.ts';
import { fileNameOfText } from '../../../reports/record/names.ts';
import { createRecorder } from '../../../sim/engine/measuring/recorder.ts';
import type { GeneratorSecond } from '../../../sim/engine/protocol/protocol.ts';
import { createRandom } from '../../../sim/model/chance/random.ts';
import { createSecondMerger } from '../../cell/generators/merge-seconds.ts';
import { serveJobs } from './serve-jobs.ts';

const METRICS = [
  'http.response',
  'http.response/GET /products/:id',
  'http.service',
  'http.service/GET /products/:id',
  'order.confirmed',
  'socket.connect',
];

export type MergeJob = { generatorCount: number; seconds: number; requestsPerSecond: number };

/** CPU of all that happens to the rows of one second, in ms; memory kept at the end of the first and of the last tenth. */
export type MergeCost = {
  cpuMsPerSecond: number;
  keptBytesAtFirst: number;
  keptBytesAtLast: number;
  samplesMerged: number;
  samplesMade: number;
};

/** What one generator tells of a second at its rate, which is the same for all: bytes as they come through the channel. */
function makeRow(requestsPerSecond: number): { bytes: Buffer; sampleCount: number } {
  const random = createRandom(1, 'merge-bench');
  const recorder = createRecorder({
    zeroMs: 0,
    spanMs: 2_000,
    longestSampleMs: 6_000,
    liveMetrics: ['http.response'],
  });
  for (let request = 0; request < requestsPerSecond; request += 1)
    for (const metric of METRICS)
      recorder.sample(metric, (request / requestsPerSecond) * 1_000, 5 * Math.exp(0.8 * random.normal()));
  recorder.count('requestsSent', requestsPerSecond);
  recorder.encodeAll();
  const { counts, failures, live } = recorder.takeSecond();
  const histograms = recorder.takeParts();
  const row: GeneratorSecond = {
    second: 0,
    counts,
    gauges: { sessionsActive: requestsPerSecond, latenessP99Ms: 1, eventLoopLagP99Ms: 1 },
    failures,
    live,
    histograms,
    intendedRequests: [{ second: 0, succeeded: requestsPerSecond, failed: 0 }],
  };
  return { bytes: serialize(row), sampleCount: histograms.reduce((sum, part) => sum + part.sampleCount, 0) };
}

function keptBytes(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function measure({ generatorCount, seconds, requestsPerSecond }: MergeJob): MergeCost {
  const { bytes, sampleCount } = makeRow(requestsPerSecond);
  const folder = mkdtempSync(join(tmpdir(), 'stampede-merge-'));
  try {
    const cell = createCellWriter(folder);
    cell.startSpan(new Date());
    const merger = createSecondMerger(generatorCount, ({ second, histograms, intendedRequests }) => {
      for (const part of histograms) cell.appendHistogram(part.metric, second, part.encoded);
      for (const requests of intendedRequests) cell.appendRequests({ ...requests, second });
    });
    let keptBytesAtFirst = 0;
    let cpuMs = 0;
    for (let second = 0; second < seconds; second += 1) {
      const before = process.cpuUsage();
      for (let generator = 0; generator < generatorCount; generator += 1)
        merger.take(generator, { ...(deserialize(bytes) as GeneratorSecond), second });
      const { user, system } = process.cpuUsage(before);
      cpuMs += (user + system) / 1_000;
      if (second === Math.floor(seconds / 10)) keptBytesAtFirst = keptBytes();
    }
    const keptBytesAtLast = keptBytes();
    cell.close();
    return {
      cpuMsPerSecond: cpuMs / seconds,
      keptBytesAtFirst,
      keptBytesAtLast,
      samplesMerged: samplesIn(folder),
      samplesMade: sampleCount * generatorCount * seconds,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Of all parts that the record holds. */
function samplesIn(folder: string): number {
  const counts = new Map<string, number>();
  let total = 0;
  for (const metric of METRICS) {
    total += sumOf(join(folder, `${fileNameOfText(metric)}.hlog`), counts);
  }
  return total;
}

/** Most parts are the same text, which is decoded once. */
function sumOf(file: string, counts: Map<string, number>): number {
  let total = 0;
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const encoded = line.split(',').at(-1) ?? '';
    if (!encoded.startsWith('HIST')) continue;
    const count = counts.get(encoded) ?? decodeFromCompressedBase64(encoded).totalCount;
    counts.set(encoded, count);
    total += count;
  }
  return total;
}

serveJobs<MergeJob>(async (job) => measure(job));
