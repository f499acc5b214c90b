import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Spans } from '../../../lambda/regime/spans.ts';

const steps = fc.array(
  fc.oneof(
    fc.record({ add: fc.integer({ min: 1, max: 12 }) }),
    fc.record({ drop: fc.integer({ min: 1, max: 20 }) }),
  ),
  { maxLength: 20 },
);

test('spans end where their events do, and expire no later than the first of these, whatever is dropped', () => {
  fc.assert(
    fc.property(steps, fc.infiniteStream(fc.nat({ max: 9 })), (steps, expiries) => {
      const spans = new Spans(5);
      const events: { key: string; expiresAt: number }[] = [];
      let next = 0;
      for (const step of steps) {
        if ('add' in step) {
          for (let i = 0; i < step.add; i++) {
            const event = { key: `key ${next++}`, expiresAt: expiries.next().value };
            events.push(event);
            spans.add(event.key, event.expiresAt);
          }
        } else spans.dropFront(events.splice(0, step.drop).length);
        let from = 0;
        for (const { end, through, expiresAt } of spans.closed) {
          const within = events.slice(from, end);
          expect(within.at(-1)?.key).toBe(through);
          expect(expiresAt).toBeLessThanOrEqual(Math.min(...within.map((event) => event.expiresAt)));
          expect(within.length).toBeLessThan(8);
          from = end;
        }
        expect(events.length - from).toBeLessThan(5);
      }
    }),
  );
});
