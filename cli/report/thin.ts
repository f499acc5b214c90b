import { withGaps } from './gaps.ts';
import type { Points } from './report.ts';

/** Takes readings one by one and keeps those that a drawing needs. */
export interface Thinner {
  push(x: number, y: number): void;
  /** Takes a reading without a value, after which the line may be broken. */
  missing(): void;
  /** Keeps fewer points from now on: those of so many buckets. */
  shrink(mostBuckets: number): void;
  points(): Points;
}

/** Successive readings: the lowest and the highest one. */
interface Bucket {
  /** x of its first reading. */
  readonly from: number;
  readonly low: NumberedPoint;
  readonly high: NumberedPoint;
}

interface NumberedPoint {
  readonly number: number;
  readonly x: number;
  readonly y: number;
  readonly afterMissing: boolean;
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
  let most = mostBuckets;
  let afterMissing = false;

  function merge(): void {
    buckets = inPairs(buckets);
    readingsInBucket *= 2;
  }

  return {
    push(x, y) {
      const place = { number: count, x, y, afterMissing };
      afterMissing = false;
      const at = Math.floor(count / readingsInBucket);
      count++;
      const bucket = buckets[at];
      buckets[at] =
        bucket === undefined
          ? { from: x, low: place, high: place }
          : together(bucket, { from: x, low: place, high: place });
      if (buckets.length >= most && count % readingsInBucket === 0) merge();
    },
    missing() {
      afterMissing = true;
    },
    shrink(mostBuckets) {
      most = Math.max(2, Math.min(most, mostBuckets));
      while (buckets.length >= most) merge();
    },
    points() {
      return withGaps(
        buckets.map(({ from, low, high }) => ({
          from,
          points: low === high ? [low] : low.number < high.number ? [low, high] : [high, low],
        })),
        readingsInBucket === 1,
      );
    },
  };
}

function together(a: Bucket, b: Bucket): Bucket {
  return {
    from: a.from,
    low: b.low.y < a.low.y ? b.low : a.low,
    high: b.high.y > a.high.y ? b.high : a.high,
  };
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
