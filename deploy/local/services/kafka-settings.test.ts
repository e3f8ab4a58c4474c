import { expect, test } from 'vitest';
import { nodeSettings } from './kafka-settings.ts';

const nodes = [1, 2, 3].map((id) => ({
  id,
  brokerPort: 100 + id,
  controllerPort: 200 + id,
  directory: `/data/${id}`,
}));

test('one node needs itself only', () => {
  const [node] = nodes;
  const settings = nodeSettings(node!, [node!]);
  expect(settings).toContain('controller.quorum.voters=1@127.0.0.1:201\n');
  expect(settings).toContain('offsets.topic.replication.factor=1\n');
  expect(settings).toContain('min.insync.replicas=1\n');
});

test('three nodes keep three copies, two of which must have a message', () => {
  const settings = nodeSettings(nodes[1]!, nodes);
  expect(settings).toContain('node.id=2\n');
  expect(settings).toContain('controller.quorum.voters=1@127.0.0.1:201,2@127.0.0.1:202,3@127.0.0.1:203\n');
  expect(settings).toContain('advertised.listeners=BROKER://127.0.0.1:102\n');
  expect(settings).toContain('default.replication.factor=3\n');
  expect(settings).toContain('min.insync.replicas=2\n');
});
