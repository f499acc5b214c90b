import type { Points } from './report.ts';

/** Takes readings one by one and keeps those that a drawing needs. */
export interface Thinner {
  push(x: number, y: number): void;
  points(): Points;
}

/** Successive readings: the lowest and the highest one. */
interface Bucket {
  readonly low: NumberedPoint;
  readonly high: NumberedPoint;
}

interface NumberedPoint {
  readonly number: number;
  readonly x: number;
  readonly y: number;
}

/** Buckets of a drawn series: twice as many points are drawn, at most. */
const bucketsDrawn = 4_000;

/**
 * Thins a series for drawing. The series is cut into buckets of equal length, and each keeps its lowest and its highest reading,
 * so that no peak is lost.
 *
 * Memory: two readings a bucket, however long the series. When the buckets are used up, neighbours are merged in pairs. A
 * series with no more readings than buckets stays whole.
 */
export function thinner(mostBuckets = bucketsDrawn): Thinner {
  let buckets: Bucket[] = [];
  let readingsInBucket = 1;
  let count = 0;

  return {
    push(x, y) {
      const place = { number: count, x, y };
      const at = Math.floor(count / readingsInBucket);
      count++;
      const bucket = buckets[at];
      buckets[at] =
        bucket === undefined ? { low: place, high: place } : together(bucket, { low: place, high: place });
      if (buckets.length < mostBuckets || count % readingsInBucket !== 0) return;
      buckets = inPairs(buckets);
      readingsInBucket *= 2;
    },
    points() {
      const places = buckets.flatMap(({ low, high }) =>
        low === high ? [low] : low.number < high.number ? [low, high] : [high, low],
      );
      return { x: places.map(({ x }) => x), y: places.map(({ y }) => y) };
    },
  };
}

function together(a: Bucket, b: Bucket): Bucket {
  return { low: b.low.y < a.low.y ? b.low : a.low, high: b.high.y > a.high.y ? b.high : a.high };
}

function inPairs(buckets: readonly Bucket[]): Bucket[] {
  const pairs: Bucket[] = [];
  for (let index = 0; index < buckets.length; index += 2) {
    const first = buckets[index] as Bucket;
    const second = buckets[index + 1];
    pairs.push(second === undefined ? first : together(first, second));
  }
  return pairs;
}
