import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TimeList } from '../../../cli/detect/time-list.ts';

test('a list of times gives back what it got', () => {
  const ns = fc.oneof(fc.constant(0), fc.nat(999_999));
  const time = fc.option(fc.record({ ms: fc.integer(), ns }), { nil: undefined });
  const step = fc.oneof({ weight: 5, arbitrary: time }, fc.record({ drop: fc.nat(6) }));
  fc.assert(
    fc.property(fc.array(step, { size: 'medium' }), fc.boolean(), (steps, isCalendar) => {
      const list = new TimeList();
      let plain: unknown[] = [];
      for (const one of steps) {
        if (one !== undefined && 'drop' in one) {
          list.drop(one.drop);
          plain = plain.slice(one.drop);
          continue;
        }
        const entry = one && { ...one, isCalendar };
        list.push(entry);
        plain.push(entry);
      }
      expect(plain.map((_, index) => list.at(index))).toEqual(plain);
      expect(list.at(plain.length)).toBeUndefined();
    }),
  );
});
