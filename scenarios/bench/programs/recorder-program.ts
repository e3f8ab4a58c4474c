// Feeds the engine's recorder as a run of single requests would, without a run around it: four samples a request, a row a
// second, every histogram encoded. Answers what that cost and what memory it kept.
import { createRecorder } from '../../../sim/engine/measuring/recorder.ts';
import { createRandom } from '../../../sim/model/chance/random.ts';
import { serveJobs } from './serve-jobs.ts';

const METRICS = [
  'http.response',
  'http.response/GET /products/:id',
  'http.service',
  'http.service/GET /products/:id',
];
const LONGEST_SAMPLE_MS = 6_000;

export type RecorderJob = { sampleCount: number; requestsPerSecond: number; chunkCount: number };

/** CPU a sample in each chunk, in ns; memory kept after a collection at the end of each chunk; samples that came out. */
export type RecorderCost = {
  nsPerSample: number[];
  keptBytes: number[];
  residentBytes: number[];
  encodedSampleCount: number;
};

/** Durations of a lognormal, drawn beforehand so that drawing costs nothing. */
function durations(): Float64Array {
  const random = createRandom(1, 'recorder-bench');
  return Float64Array.from({ length: 4_096 }, () => 5 * Math.exp(0.8 * random.normal()));
}

const cpuNs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1_000;
};

function keptBytes(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function measure({ sampleCount, requestsPerSecond, chunkCount }: RecorderJob): RecorderCost {
  const durationsMs = durations();
  const seconds = Math.ceil(sampleCount / METRICS.length / requestsPerSecond / chunkCount) * chunkCount;
  const recorder = createRecorder({
    zeroMs: 0,
    spanMs: seconds * 1_000,
    longestSampleMs: LONGEST_SAMPLE_MS,
    liveMetrics: ['http.response', 'order.confirmed'],
  });
  const cost: RecorderCost = { nsPerSample: [], keptBytes: [], residentBytes: [], encodedSampleCount: 0 };
  let drawn = 0;
  const countParts = (): void => {
    for (const part of recorder.takeParts()) cost.encodedSampleCount += part.sampleCount;
  };
  const recordSecond = (second: number): void => {
    for (let request = 0; request < requestsPerSecond; request++) {
      const intendedMs = (second + request / requestsPerSecond) * 1_000;
      for (const metric of METRICS) recorder.sample(metric, intendedMs, durationsMs[drawn++ & 4_095] ?? 0);
      recorder.count('requestsSent');
      recorder.requestEnded(intendedMs, { ok: true });
    }
    recorder.takeSecond();
    recorder.completeSeconds((second + 1) * 1_000);
    while (recorder.encodeOne());
    countParts();
  };
  for (let chunk = 0; chunk < chunkCount; chunk++) {
    const from = (chunk * seconds) / chunkCount;
    const to = ((chunk + 1) * seconds) / chunkCount;
    const beforeNs = cpuNs();
    for (let second = from; second < to; second++) recordSecond(second);
    cost.nsPerSample.push((cpuNs() - beforeNs) / ((to - from) * requestsPerSecond * METRICS.length));
    cost.keptBytes.push(keptBytes());
    cost.residentBytes.push(process.memoryUsage.rss());
  }
  // The last seconds wait for stragglers, of which there are none here.
  recorder.encodeAll();
  countParts();
  return cost;
}

serveJobs<RecorderJob>(measure);
