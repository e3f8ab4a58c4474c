// Running quantiles of the last three seconds, by completion, for whoever watches a run. Results never use them.
import type { LiveQuantiles } from '../protocol/protocol.ts';
import { addSample, createSampleBuffer, quantileMs, type SampleBuffer } from './sample-buffer.ts';

const WINDOW_SECONDS = 3;

/** Follows `http.response` and `order.confirmed`; other metrics are ignored. */
export function createLiveWindow(): {
  add(metric: string, durationMs: number): void;
  /** Closes the present second and returns the quantiles of the window. */
  takeSecond(): LiveQuantiles;
} {
  let http = [createSampleBuffer()];
  let orders = [createSampleBuffer()];

  function merged(buffers: SampleBuffer[]): Uint32Array {
    const all = new Uint32Array(buffers.reduce((sum, buffer) => sum + buffer.count, 0));
    let offset = 0;
    for (const buffer of buffers) {
      all.set(buffer.us.subarray(0, buffer.count), offset);
      offset += buffer.count;
    }
    return all;
  }

  return {
    add(metric, durationMs) {
      const buffers = metric === 'http.response' ? http : metric === 'order.confirmed' ? orders : null;
      const present = buffers?.[0];
      if (present !== undefined) addSample(present, durationMs);
    },
    takeSecond() {
      const httpUs = merged(http);
      const ordersUs = merged(orders);
      http = [createSampleBuffer(), ...http.slice(0, WINDOW_SECONDS - 1)];
      orders = [createSampleBuffer(), ...orders.slice(0, WINDOW_SECONDS - 1)];
      return {
        httpP50Ms: quantileMs(httpUs, 0.5),
        httpP99Ms: quantileMs(httpUs, 0.99),
        orderP50Ms: quantileMs(ordersUs, 0.5),
        orderP99Ms: quantileMs(ordersUs, 0.99),
      };
    },
  };
}
