import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PointList } from '../../../lambda/regime/point-list.ts';

const steps = fc.array(
  fc.oneof(
    fc.record({ push: fc.integer({ min: 1, max: 60 }) }),
    fc.record({ drop: fc.integer({ min: 0, max: 40 }) }),
    fc.record({ reserve: fc.integer({ min: 0, max: 40 }) }),
  ),
  { maxLength: 20 },
);

test('it holds what an array holds, whatever is added and dropped', () => {
  fc.assert(
    fc.property(steps, (steps) => {
      const list = new PointList();
      const plain: number[] = [];
      let next = 0;
      for (const step of steps) {
        if ('push' in step) {
          for (let i = 0; i < step.push; i++) {
            list.push(next, 10 * next);
            plain.push(next++);
          }
        } else if ('drop' in step) list.dropFront(plain.splice(0, step.drop).length);
        else list.reserve(step.reserve);
        expect(list.values(0, list.length)).toEqual(plain);
        expect(plain.map((_, index) => list.timeAt(index))).toEqual(plain.map((value) => 10 * value));
      }
    }),
  );
});

test('a time is found among others, also where many are equal', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 20 }), { maxLength: 30 }), fc.nat({ max: 21 }), (times, time) => {
      times.sort((a, b) => a - b);
      const list = new PointList();
      for (const one of times) list.push(0, one);
      expect(list.indexAt(time, 'not before')).toBe(times.filter((one) => one < time).length);
      expect(list.indexAt(time, 'after')).toBe(times.filter((one) => one <= time).length);
    }),
  );
});
