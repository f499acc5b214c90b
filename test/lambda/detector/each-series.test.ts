import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eachSeries } from '../../../lambda/detector/each-series.ts';
import { processingLimits } from '../../../lambda/processing-limits.ts';

const series = Array.from({ length: 100 }, (_, index) => ({ seriesId: `${index + 100}`, index }));

/** Does the work for these; the others fail. Later ones are done sooner, as far as they are at it together. */
const doing = (succeeds: (index: number) => boolean) => async (one: { readonly index: number }) => {
  for (let turn = one.index % processingLimits.seriesAtOnce; turn < processingLimits.seriesAtOnce; turn++)
    await null;
  if (!succeeds(one.index)) throw new Error(`${one.index} failed`);
  return one.index;
};

test('a series that fails stops no other, and results and failures keep the order given', async () => {
  const { done, failed } = await eachSeries(
    series,
    doing((index) => index % 20 !== 3),
  );
  expect(failed.map(({ index }) => index)).toEqual([3, 23, 43, 63, 83]);
  expect(failed[0]?.error).toEqual(new Error('3 failed'));
  expect(done.map(({ result }) => result)).toEqual(
    series.map(({ index }) => index).filter((index) => index % 20 !== 3),
  );
});

test('one that takes long does not keep others from their turn', async () => {
  let left = series.length;
  let free = () => {};
  const others = new Promise<void>((resolve) => {
    free = resolve;
  });
  const { done } = await eachSeries(series, async ({ index }) => {
    if (--left === 0) free();
    if (index === 0) await others;
  });
  expect(done).toHaveLength(series.length);
});

test('when so many fail that the store must be down, the rest is left', async () => {
  const begun: string[] = [];
  const { done, failed } = await eachSeries(series, async ({ seriesId, index }) => {
    begun.push(seriesId);
    if (index > 0) throw new Error('down');
  });
  expect(failed.length).toBeGreaterThanOrEqual(processingLimits.failedSeries);
  expect(begun.length).toBeLessThan(processingLimits.failedSeries + processingLimits.seriesAtOnce + 1);
  expect(begun).toHaveLength(done.length + failed.length);
});

test('the turns go by name, whatever the order given; and the first undone is the first of that', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray(series, { minLength: 1 }),
      fc.nat({ max: 60 }),
      async (given, fails) => {
        const begun: string[] = [];
        const outcomes = await eachSeries(given, async ({ seriesId, index }) => {
          begun.push(seriesId);
          if (index < fails) throw new Error('down');
        });
        expect(begun).toEqual(begun.toSorted());
        const done = new Set(outcomes.done.map(({ seriesId }) => seriesId));
        expect(outcomes.firstUndone).toBe(given.find(({ seriesId }) => !done.has(seriesId)));
      },
    ),
  );
});
