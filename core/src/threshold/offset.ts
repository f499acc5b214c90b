import { errorOfSum } from '../doubles/error-of-sum.ts';
import { halfPlace, large, moved, small } from '../doubles/ordinal.ts';
import { finite } from '../median.ts';

/**
 * A double stands for all numbers less than so many doubles away: half a place for a decimal that was read, up to three for one that was scaled, and the
 * rest for a sum.
 */
const places = 4;

/**
 * What a difference x_j − x_i is compared with, δ or −δ: the one place that says which differences lie beyond the practical threshold.
 *
 * **Decimals.** As doubles, 20.5 − 20.2 is more than 0.3, since none of the three is what was written. So the sign of x_j − x_i − δ is 1 or −1 only if it is
 * that for all numbers which the three doubles may stand for; else they are tied. With x↑ and x↓ for the doubles four places above and below x, the sign
 * is 1 if x_i↑ + δ↑ < x_j↓, and −1 if x_i↓ + δ↓ > x_j↑, where sums are exact. It is also −1 if x_j ≤ x_i, however small δ is. With δ = 0 nothing is moved.
 *
 * **Two bounds.** Moving by places keeps the order of doubles and loses nothing. So the same is said by two bounds for x_i that follow from x_j, and
 * rise with it: the sign is 1 if x_i < (x_j↓ − δ↑)↓, and −1 if x_i > (x_j↑ − δ↓)↑. The first difference is rounded up, the second one down: no double
 * lies between it and what it is rounded to. Seen from x_i, the bounds for x_j are those of −δ.
 *
 * Changing all signs changes that of the answer, and nothing else. Sums beyond the doubles are infinite, which compares as they do.
 */
export class Offset {
  /** δ or −δ. */
  readonly value: number;
  readonly #size: number;
  /** The reach is such a share of |x_j| + δ, and at most so much if it is to say anything. */
  readonly #reachShare: number;
  readonly #mostReach: number;
  /** value↓ and value↑. */
  readonly #least: number;
  readonly #most: number;

  constructor(value: number) {
    this.value = value;
    this.#size = Math.abs(value);
    this.#reachShare = value === 0 ? 0 : relativeReach;
    this.#mostReach = value === 0 || this.#size > leastSize ? this.#size : -1;
    this.#least = finite(moved(value, -places));
    this.#most = finite(moved(value, places));
  }

  /** All x less than this lie below a finite value by more than the offset. */
  below(value: number): number {
    return lowerBound(value, this.value, this.#most);
  }

  /** All x above this lie below a finite value by less than the offset, or above it by more than −offset. */
  above(value: number): number {
    return -lowerBound(-value, -this.value, -this.#least);
  }

  /** Whether a difference of values of at most such a size is δ, a positive one or 0, or more; or tied with it. Not, for −∞. */
  isReachedBy(difference: number, size: number): boolean {
    if (this.value === 0 || difference <= 0) return difference >= this.value;
    return -size <= this.above(difference - size);
  }

  /** The sign of value − other − offset, if other is about as near to value − offset as the reach. */
  signNear(other: number, value: number): number {
    if (Math.abs(other - (value - this.value)) <= sureOf(this.reach(value))) return 0;
    return Number(other < this.below(value)) - Number(other > this.above(value));
  }

  /**
   * How far from value − offset both bounds are at most; infinite if sums could be, or if a tiny offset makes points tied that are not above another one.
   *
   * They are farther than a sixteenth of it. So of most values this says which side they are on, and of most ties that they are one.
   */
  reach(value: number): number {
    const reach = this.#reachShare * (Math.abs(value) + this.#size);
    return reach <= this.#mostReach ? reach : Infinity;
  }
}

/** How far from value − offset a tie is sure, given the reach there. */
export function sureOf(reach: number): number {
  return reach === Infinity ? -Infinity : reach / 16;
}

/** Sixteen last places of |x_j| + δ; a bound takes four of it, four of x_j, four of δ and one more. */
const relativeReach = 2 ** -48;
/** Below it, places are not in proportion to the value. */
const leastSize = 2 ** -900;

/** All x less than this lie below a finite value by more than an offset, given the offset↑. */
function lowerBound(value: number, offset: number, most: number): number {
  if (offset === 0) return value;
  const low = fourDown(value);
  const sum = low - most;
  const bound = isOrdinary(value, sum)
    ? fourDown(errorOfSum(low, -most, sum) > 0 ? sum + halfPlace * Math.abs(sum) : sum)
    : moved(sumUp(finite(moved(value, -places)), -most), -places);
  return offset < 0 && bound <= value ? moved(value, 1) : bound;
}

/** The least double that is not less than a sum. */
function sumUp(a: number, b: number): number {
  const sum = a + b;
  return errorOfSum(a, b, sum) > 0 ? moved(sum, 1) : sum;
}

/** Whether a move of two values by some places is a move by half places. */
function isOrdinary(value: number, sum: number): boolean {
  const a = Math.abs(value);
  const b = Math.abs(sum);
  return a > small && b > small && a < large && b < large;
}

function fourDown(value: number): number {
  const one = value - halfPlace * Math.abs(value);
  const two = one - halfPlace * Math.abs(one);
  const three = two - halfPlace * Math.abs(two);
  return three - halfPlace * Math.abs(three);
}
