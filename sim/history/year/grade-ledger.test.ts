import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../model/calendar.ts';
import { createGradeLedger } from './grade-ledger.ts';

const startMs = Date.parse('2025-12-31T15:00:00Z');
const at = (days: number): number => startMs + days * DAY_MS;

describe('createGradeLedger', () => {
  it('promotes at the next midnight that is a multiple of 7 days and demotes when orders are older than 180 days', () => {
    const ledger = createGradeLedger(5, startMs);
    for (const day of [1, 2, 3]) ledger.add(at(day), 150_000);
    expect(ledger.gradeAt(at(6.9))).toBe('BRONZE');
    expect(ledger.gradeAt(at(7))).toBe('SILVER');
    expect(ledger.finish(at(300))).toBe('BRONZE');
    expect(ledger.changes).toEqual([
      { customerId: 5, changedAtMs: at(7), from: 'BRONZE', to: 'SILVER' },
      { customerId: 5, changedAtMs: at(182), from: 'SILVER', to: 'BRONZE' },
    ]);
  });

  it('needs amount and count: 20 small orders or 2 large ones stay BRONZE', () => {
    const small = createGradeLedger(1, startMs);
    for (let i = 0; i < 20; i += 1) small.add(at(i / 10), 1_000);
    expect(small.finish(at(30))).toBe('BRONZE');
    const large = createGradeLedger(2, startMs);
    for (const day of [1, 2]) large.add(at(day), 5_000_000);
    expect(large.finish(at(30))).toBe('BRONZE');
  });

  it('goes straight to VIP and recomputes at the end', () => {
    const ledger = createGradeLedger(3, startMs);
    for (let i = 0; i < 15; i += 1) ledger.add(at(8 + i / 10), 200_000);
    expect(ledger.finish(at(10))).toBe('VIP');
    expect(ledger.changes).toEqual([{ customerId: 3, changedAtMs: at(10), from: 'BRONZE', to: 'VIP' }]);
  });
});
