import { describe, expect, it } from 'vitest';
import { createSentIds } from './sent-ids.ts';

/** Of ids that rise, made at this place in time by this person. */
const idOf = (at: number, person = 0) =>
  `0190a000-0000-7000-8000-${String(at).padStart(8, '0')}${String(person).padStart(4, '0')}`;

function afterSending(count: number) {
  const sent = createSentIds(50);
  for (let at = 0; at < count; at += 1) sent.add(idOf(at));
  return sent;
}

describe('the ids that a socket sent', () => {
  it('are told from those of somebody else, however many went before', () => {
    for (const count of [10, 5_000]) {
      const sent = afterSending(count);
      expect(sent.isForeign(idOf(count - 1))).toBe(false);
      expect(sent.isForeign(idOf(count - 2, 1))).toBe(true);
      expect(sent.isForeign(idOf(count))).toBe(true);
    }
  });

  it('are forgotten in the end, and what may have been one of them is blamed on nobody', () => {
    const sent = afterSending(5_000);
    expect(sent.isForeign(idOf(3))).toBe(false);
    expect(sent.isForeign(idOf(3, 1))).toBe(false);
  });

  it('may go out once more after they were forgotten', () => {
    const sent = afterSending(100);
    sent.add(idOf(3));
    for (let at = 100; at < 200; at += 1) sent.add(idOf(at));
    expect(sent.isForeign(idOf(3))).toBe(false);
    expect(sent.isForeign(idOf(190, 1))).toBe(true);
  });
});
