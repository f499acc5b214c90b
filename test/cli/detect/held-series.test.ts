import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { heldSeries } from '../../../cli/detect/held-series.ts';

function held(count: number) {
  const taken: unknown[] = [];
  const begin = vi.fn((times: readonly number[]) => {
    taken.push([...times]);
    return {
      push: (value: number, time: string | undefined) => void taken.push([value, time]),
      skip: () => void taken.push('skip'),
    };
  });
  return {
    taken,
    begin,
    series: heldSeries(count, (time) => (time === undefined ? time : Number(time)), begin),
  };
}

test('readings are held until there are enough values, and then come in their order', () => {
  const { series, taken, begin } = held(3);
  series.push(1, '10');
  series.skip();
  series.push(2, undefined);
  expect(begin).not.toHaveBeenCalled();
  series.push(3, '30');
  series.push(4, '40');
  series.skip();
  series.end();
  expect(taken).toEqual([[10, 30], [1, '10'], 'skip', [2, undefined], [3, '30'], [4, '40'], 'skip']);
  expect(begin).toHaveBeenCalledOnce();
});

test('at the end they come even if they are few; a single one does not, nor does none', () => {
  const { series, taken } = held(3);
  series.push(1, '10');
  series.end();
  expect(taken).toEqual([]);
  series.push(2, '20');
  series.end();
  expect(taken).toEqual([
    [10, 20],
    [1, '10'],
    [2, '20'],
  ]);
});

test('nothing is held if nothing is to be learnt', () => {
  const { series, taken } = held(0);
  series.push(1, '10');
  expect(taken).toEqual([[], [1, '10']]);
});

test('whatever comes first, all comes in its order', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.integer())), fc.integer({ min: 0, max: 9 }), (given, count) => {
      const { series, taken } = held(count);
      for (const value of given) value === null ? series.skip() : series.push(value, String(value));
      series.end();
      const values = given.filter((value) => value !== null);
      const isBegun = count === 0 || values.length >= 2;
      const inOrder = given.map((value) => (value === null ? 'skip' : [value, String(value)]));
      expect(taken.slice(1)).toEqual(isBegun ? inOrder : []);
    }),
  );
});

test('readings without a value take no memory', () => {
  const { series } = held(3);
  const before = process.memoryUsage().heapUsed;
  for (let row = 0; row < 2_000_000; row++) series.skip();
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(40e6);
  series.end();
});
