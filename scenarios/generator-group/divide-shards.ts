// Which generator has which shard of a plan: decided among the members of the consumer group, by the one that the broker chose. Whoever
// has a shard keeps it, whoever comes or goes; one member has one at most, so that those who come too late have none.
import { AssignerProtocol, type PartitionAssigner } from 'kafkajs';

/** @param shard what it has already; null for none */
export type GroupMember = { memberId: string; shard: number | null };

/** The shard of each member; those who get none are left out. */
export function divideShards(members: readonly GroupMember[], shardCount: number): Map<string, number> {
  const inOrder = members.toSorted((a, b) => (a.memberId < b.memberId ? -1 : 1));
  const taken = new Map<number, string>();
  for (const { memberId, shard } of inOrder)
    if (shard !== null && shard < shardCount && !taken.has(shard)) taken.set(shard, memberId);
  const served = new Set(taken.values());
  const waiting = inOrder.filter(({ memberId }) => !served.has(memberId));
  for (let shard = 0; shard < shardCount; shard += 1) {
    if (taken.has(shard)) continue;
    const next = waiting.shift();
    if (next !== undefined) taken.set(shard, next.memberId);
  }
  return new Map([...taken].map(([shard, memberId]) => [memberId, shard]));
}

const NAME = 'stampede-shards';
const VERSION = 0;

/** The same for kafkajs. `ownShard` is what this member has when it is asked. */
export function shardAssigner(ownShard: () => number | null): PartitionAssigner {
  return ({ cluster }) => ({
    name: NAME,
    version: VERSION,
    protocol: ({ topics }) => ({
      name: NAME,
      metadata: AssignerProtocol.MemberMetadata.encode({
        version: VERSION,
        topics,
        userData: Buffer.from(JSON.stringify(ownShard())),
      }),
    }),
    async assign({ members, topics }) {
      const [topic = ''] = topics;
      const shardCount = cluster.findTopicPartitionMetadata(topic).length;
      const told = members.map(({ memberId, memberMetadata }) => ({
        memberId,
        shard: shardIn(memberMetadata),
      }));
      const shards = divideShards(told, shardCount);
      return members.map(({ memberId }) => {
        const shard = shards.get(memberId);
        return {
          memberId,
          memberAssignment: AssignerProtocol.MemberAssignment.encode({
            version: VERSION,
            assignment: shard === undefined ? {} : { [topic]: [shard] },
            userData: Buffer.alloc(0),
          }),
        };
      });
    },
  });
}

function shardIn(metadata: Buffer): number | null {
  const told: unknown = JSON.parse(
    AssignerProtocol.MemberMetadata.decode(metadata)?.userData.toString() || 'null',
  );
  return typeof told === 'number' ? told : null;
}
