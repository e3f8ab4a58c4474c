// The process's log: JSON lines on standard output, with secrets blacked out wherever they usually stand.
import { type Logger, type LoggerOptions, pino } from 'pino';
import type { LogLevel } from '../settings/config.ts';

export type Log = Logger;

const SECRET_FIELDS = [
  'authorization',
  'cookie',
  'password',
  'secret',
  'secretHash',
  'accessToken',
  'refreshToken',
  'token',
  'connectionString',
];

/** Settings of the log, apart from where it goes. */
export function logOptions(options: { level: LogLevel; name: string }): LoggerOptions {
  return {
    level: options.level,
    base: { name: options.name, pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      // PostgreSQL quotes the whole row in an error's detail.
      paths: ['err.detail', ...SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`])],
      censor: '[secret]',
    },
  };
}

/** @param options.name of the process, on every line. @param target where the lines go; default standard output. */
export function createLog(
  options: { level: LogLevel; name: string },
  target: NodeJS.WritableStream = process.stdout,
): Log {
  return target === process.stdout ? pino(logOptions(options)) : pino(logOptions(options), target);
}
