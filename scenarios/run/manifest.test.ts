import { expect, it } from 'vitest';
import { kafkaOnOff } from '../kafka-on-off.ts';
import { peakHour } from '../peak-hour.ts';
import { notesOf } from './manifest.ts';

it('notes of a comparison say what each level asks, of every transport, and no session’s figures', () => {
  const notes = notesOf(kafkaOnOff, true).join(' ');
  expect(notes).toContain(
    '20 orders/s for 10 s (light), 300 orders/s for 10 s (near), 30 orders/s for 16 s, 300/s for 10 s of them (burst)',
  );
  expect(notes).toContain('later than 5 ms (light), 20 ms (near), 20 ms (burst)');
  expect(notes).toContain('Behind Kafka');
  expect(notes).toContain('Without Kafka');
  expect(notes).not.toMatch(/sessions\/s|Think times/);
});

it('notes of a funnel say its rate, its think times and its one transport', () => {
  const notes = notesOf(peakHour, true).join(' ');
  expect(notes).toContain(
    `${peakHour.load.sessionsPerSecond} sessions/s for ${peakHour.load.durationSeconds} s`,
  );
  expect(notes).toContain('Think times are compressed 25×');
  expect(notes).not.toContain('Without Kafka');
});
