import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readConfig } from '../../config.ts';
import { connectionSettings, readKafkaAccess } from './kafka-brokers.ts';

const folder = mkdtempSync(join(tmpdir(), 'stampede-ca-'));
const caFile = join(folder, 'ca.pem');
const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n';
writeFileSync(caFile, CERTIFICATE);
afterAll(() => rmSync(folder, { recursive: true }));

const SIGNED_IN = {
  KAFKA_SASL_MECHANISM: 'scram-sha-512',
  KAFKA_SASL_USERNAME: 'shop',
  KAFKA_SASL_PASSWORD: 's3cret',
};

test('without any of the variables Kafka is spoken to as it is', () => {
  const access = readKafkaAccess({});
  expect(access).toEqual({ value: { sasl: null, tls: null } });
  expect(connectionSettings({ addresses: ['a:9092'], sasl: null, tls: null })).toEqual({
    brokers: ['a:9092'],
  });
});

test('sign-in and a private authority reach the client', () => {
  const access = readKafkaAccess({ ...SIGNED_IN, KAFKA_TLS: 'true', KAFKA_TLS_CA_FILE: caFile });
  if (!('value' in access)) return expect.fail(access.problems.join());
  expect(connectionSettings({ addresses: ['a:9092'], ...access.value })).toEqual({
    brokers: ['a:9092'],
    sasl: { mechanism: 'scram-sha-512', username: 'shop', password: 's3cret' },
    ssl: { ca: [CERTIFICATE] },
  });
});

test('TLS without a file trusts the authorities that Node knows', () => {
  expect(readKafkaAccess({ KAFKA_TLS: 'true' })).toEqual({ value: { sasl: null, tls: { ca: null } } });
  expect(connectionSettings({ addresses: [], sasl: null, tls: { ca: null } }).ssl).toBe(true);
});

test('half an access is refused with every variable that is missing or wrong, and no password', () => {
  const read = () =>
    readConfig({
      DATABASE_URL: 'postgres://shop@localhost/shop',
      REDIS_URL: 'redis://localhost:6379',
      KAFKA_BROKERS: 'a:9092',
      KAFKA_SASL_MECHANISM: 'gssapi',
      KAFKA_SASL_PASSWORD: 's3cret',
      KAFKA_TLS: 'true',
      KAFKA_TLS_CA_FILE: join(folder, 'missing.pem'),
      PORT: 'x',
    });
  expect(read).toThrow(/KAFKA_SASL_MECHANISM: found "gssapi", needed one of plain, scram-sha-256/);
  expect(read).toThrow(/KAFKA_SASL_USERNAME: found nothing/);
  expect(read).toThrow(/KAFKA_TLS_CA_FILE: found ".*missing.pem", needed a readable PEM file/);
  expect(read).toThrow(/PORT: found "x"/);
  expect(read).not.toThrow(/s3cret/);
});

test('an authority without TLS is a mistake that is told', () => {
  expect(readKafkaAccess({ KAFKA_TLS_CA_FILE: caFile })).toEqual({
    problems: ['KAFKA_TLS: found nothing, needed true, because KAFKA_TLS_CA_FILE is set'],
  });
});
