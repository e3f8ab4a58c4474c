// Which partition a key's messages stand in, as the publisher chooses it: for a consumer that keeps something for those keys that
// are its own alone.
import { Partitioners } from 'kafkajs';

/** @param partitionCount of the topic when its messages were published. */
export function partitionOf(key: string, partitionCount: number): number {
  const partitionMetadata = Array.from({ length: partitionCount }, (_, partitionId) => ({
    partitionErrorCode: 0,
    partitionId,
    leader: 0,
    replicas: [],
    isr: [],
  }));
  return choose({ topic: '', partitionMetadata, message: { key, value: null } });
}

const choose = Partitioners.DefaultPartitioner();
