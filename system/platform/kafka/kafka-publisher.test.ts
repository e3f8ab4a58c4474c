import { describe, expect, it } from 'vitest';
import { countUnconfirmed } from './kafka-publisher.ts';

const confirmed = (...partitions: number[]) => partitions.map((partition) => ({ partition, errorCode: 0 }));

describe('a batch that was sent', () => {
  it('is confirmed when each of its partitions is', () => {
    expect(countUnconfirmed([0, 2, 2, 1], confirmed(2, 0, 1))).toBe(0);
  });

  it('is not while a partition has no answer, or one with an error', () => {
    expect(countUnconfirmed([0, 2, 2, 1], confirmed(0, 1))).toBe(2);
    expect(countUnconfirmed([0, 1], [...confirmed(0), { partition: 1, errorCode: 6 }])).toBe(1);
  });

  it('is not when nobody knows where a message was meant to go', () => {
    expect(countUnconfirmed([0, undefined], confirmed(0))).toBe(1);
  });
});
